using System.Collections.Immutable;
using Loyalty.Web.Features.Phone;
using Loyalty.Web.Live;

namespace Loyalty.Tests.Features.Phone;

public sealed class FormFillerTests
{
    [Theory]
    [InlineData("<input type=\"text\" name=\"a\" value=\"old\" />", "<input type=\"text\" name=\"a\" value=\"new\">")]
    [InlineData("<input name=\"a\">", "<input name=\"a\" value=\"new\">")]
    [InlineData("<input type=\"radio\" name=\"a\" value=\"new\">", "<input type=\"radio\" name=\"a\" value=\"new\" checked>")]
    [InlineData("<input type=\"radio\" name=\"a\" value=\"old\" checked>", "<input type=\"radio\" name=\"a\" value=\"old\">")]
    [InlineData("<textarea name=\"a\" rows=\"3\">old</textarea>", "<textarea name=\"a\" rows=\"3\">\nnew</textarea>")]
    [InlineData("<select name=\"a\"><option value=\"old\" selected>O</option><option value=\"new\">N</option></select>", "<select name=\"a\"><option value=\"old\">O</option><option value=\"new\" selected>N</option></select>")]
    [InlineData("<input name=\"b\" value=\"other\"><input type=\"hidden\" name=\"_a\" value=\"ours\">", "<input name=\"b\" value=\"other\"><input type=\"hidden\" name=\"_a\" value=\"ours\">")]
    public void Field_gets_its_value_whatever_kind_it_is(string html, string expected) =>
        Assert.Equal(expected, FormFiller.Fill(html, Values(("a", ["new"])), []));

    [Fact]
    public void Fields_of_one_name_get_their_values_in_order() =>
        Assert.Equal(
            """<input name="a" value="1"><textarea name="a">""" + "\n2</textarea><input name=\"a\" value=\"\">",
            FormFiller.Fill("""<input name="a"><textarea name="a"></textarea><input name="a">""", Values(("a", ["1", "2"])), []));

    [Fact]
    public void What_is_given_stands_in_its_place_as_text() =>
        Assert.Equal(
            """<p data-given="group">A &amp; B</p><b class="x" data-given="role"></b>""",
            FormFiller.Fill("""<p data-given="group"></p><b class="x" data-given="role"></b>""", Values(("_group", ["A & B"])), []));

    [Fact]
    public void Words_cannot_leave_their_field()
    {
        const string hostile = "</textarea><script>alert(1)</script>\" onfocus=\"alert(2) $1 ${name}";

        var html = FormFiller.Fill("""<textarea name="a"></textarea><input name="b">""", Values(("a", [hostile]), ("b", [hostile])), [new FieldError("a", hostile)]);

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onfocus", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("$1 ${name}").Length - 1);
    }

    [Fact]
    public void Error_is_shown_at_its_place_and_no_other() =>
        Assert.Equal(
            """<p class="field-error" data-error="a">Too long</p><p class="field-error" data-error="b" hidden></p><p>Rest</p>""",
            FormFiller.Fill("""<p class="field-error" data-error="a" hidden></p><p class="field-error" data-error="b" hidden></p><p>Rest</p>""", Values(), [new FieldError("a", "Too long")]));

    private static ImmutableDictionary<string, ImmutableArray<string>> Values(params (string Name, string[] List)[] values) =>
        values.ToImmutableDictionary(v => v.Name, v => v.List.ToImmutableArray(), StringComparer.Ordinal);
}
