using Loyalty.Web.Features.Reports;

namespace Loyalty.Tests.Features.Reports;

public sealed class ReportPdfTests
{
    [Fact]
    public async Task Report_printed_is_tagged_titled_in_a_language_with_its_own_fonts_and_bookmarks_for_every_result()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        var model = ReportModel.Of(await workshop.CurrentAsync());

        var pdf = await PdfAsync(workshop);

        Assert.Equal("Workshop report: Loyalty for Lindenhof", pdf.Title);
        Assert.StartsWith("en", pdf.Language, StringComparison.Ordinal);
        Assert.True(pdf.IsTagged);
        Assert.NotEmpty(pdf.Fonts);
        Assert.All(pdf.Fonts, font => Assert.True(font.IsEmbedded, font.Name));
        var expected = model.Results.Select(r => r.Activity.Title).ToList();
        // The first page has headings of its own; the results follow the facts.
        var results = pdf.Bookmarks.SkipWhile(b => b != "Attendance and commitments");
        Assert.Equal(expected, results.Where(expected.Contains));
        Assert.Contains("At a glance", pdf.Bookmarks);
    }

    [Fact]
    public async Task First_page_is_the_executive_page_and_says_n_and_threshold()
    {
        await using var workshop = await MeasuredWorkshop.CreateAsync();
        var model = ReportModel.Of(await workshop.CurrentAsync());

        var first = (await PdfAsync(workshop)).Pages[0];

        foreach (var heading in (string[])["Net Promoter Score", "First rung to repair", "Five to one", "Evaluation of the workshop", "Commitments"])
            Assert.Contains(heading, first, StringComparison.Ordinal);
        Assert.Contains("23 people took part.", first, StringComparison.Ordinal);
        Assert.Contains("shown from 5 people on", first.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains($"n = {model.Scores[0].Nps.Count}", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Who took part", first, StringComparison.Ordinal);
    }

    private static async Task<PdfFile> PdfAsync(MeasuredWorkshop workshop)
    {
        var hr = await workshop.App.SignedInAsync(MeasuredWorkshop.Hr);
        var answer = await hr.GetAsync($"/workshops/{workshop.Id}/report.pdf");
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return PdfFile.Read(bytes);
    }
}
