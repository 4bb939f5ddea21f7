using System.Text.Json;
using System.Text.Json.Nodes;
using Loyalty.Engine.Exercises;
using Loyalty.Tests.Curriculum;

namespace Loyalty.Tests.Exercises;

/// <summary>Every type can be edited by what its settings record says of itself.</summary>
public sealed class SettingFieldTests
{
    public static TheoryData<string> Types => [.. Programmes.Catalogue.All.Select(t => t.Name)];

    [Theory, MemberData(nameof(Types))]
    public void Fields_hold_every_setting_of_the_sample(string type)
    {
        var sample = Sample(type);
        var fields = Programmes.Catalogue.Of(type).Rules.FieldsOf(sample);

        Assert.All(sample.EnumerateObject(), given => Assert.True(JsonElement.DeepEquals(given.Value, fields.Single(f => f.Name == given.Name).Value)));
    }

    [Theory, MemberData(nameof(Types))]
    public void Settings_with_every_default_written_out_are_still_valid(string type)
    {
        var rules = Programmes.Catalogue.Of(type).Rules;
        var settings = new JsonObject();
        foreach (var field in rules.FieldsOf(Sample(type)).Where(f => f.Value.ValueKind != JsonValueKind.Null))
            settings[field.Name] = JsonNode.Parse(field.Value.GetRawText());

        Assert.Empty(rules.CheckSettings(JsonSerializer.SerializeToElement(settings)));
    }

    [Theory, MemberData(nameof(Types))]
    public void Settings_of_another_kind_are_shown_and_not_thrown_at(string type)
    {
        foreach (var odd in (string[])["null", "[]", "3", "{}", "{\"items\":3}"])
            Assert.False(Programmes.Catalogue.Of(type).Rules.FieldsOf(JsonDocument.Parse(odd).RootElement).IsDefault);
    }

    [Theory, MemberData(nameof(Types))]
    public void Activity_that_a_setting_names_is_an_input(string type)
    {
        var step = Programmes.Step("a", type);
        var rules = Programmes.Catalogue.Of(type).Rules;
        foreach (var field in rules.FieldsOf(step.Settings).Where(f => f.Kind == SettingKind.Activity))
        {
            var settings = (JsonObject)JsonNode.Parse(step.Settings.GetRawText())!;
            settings[field.Name] = "another-one";

            Assert.Contains(rules.Inputs(step with { Settings = JsonSerializer.SerializeToElement(settings) }), id => id.Value == "another-one");
        }
    }

    [Fact]
    public void Insight_of_the_library_builds_on_two_activities()
    {
        var insight = Programmes.Library.Modules.SelectMany(m => m.Activities).Single(a => a.Type == "ladder-gap");

        Assert.Equal(["what-matters-most", "grade-our-success"], Programmes.Rulebook.InputsOf(insight).Select(id => id.Value));
    }

    private static JsonElement Sample(string type) => JsonDocument.Parse(Programmes.Catalogue.Of(type).Sample.Settings).RootElement;
}
