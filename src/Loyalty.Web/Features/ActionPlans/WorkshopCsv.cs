using System.Globalization;
using CsvHelper;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>
/// Everything of a workshop as CSV: one line for each thing that somebody gave. What begins like a formula is written so that a spreadsheet
/// shows it as text.
/// </summary>
/// <remarks>
/// Anonymous activities have neither name nor department, and nothing in them tells which lines are of one person: the values of each
/// question stand together in the order of their size. They are given once the workshop has ended, because before that an activity can be
/// opened again, and two files with one answer between them are that answer; and only where enough people answered, question by question.
/// </remarks>
internal sealed class WorkshopCsv(IStringLocalizer<ActionPlansText> text)
{
    private static readonly string[] Columns = ["workshop", "date", "step", "activity", "type", "name", "department", "part", "item", "value"];

    public async Task WriteAsync(LiveWorkshop workshop, Stream to, CancellationToken cancellationToken)
    {
        // The mark at the start tells Excel that this is UTF-8.
        await using var csv = CsvWriter.Create(to, CsvWriterOptions.Default with { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
        csv.WriteHeader([.. Columns.Select(column => text[$"Csv.{column}"].Value)]);

        for (var step = 0; step < workshop.Agenda.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var activity = workshop.Agenda[step];
            var rules = workshop.Rulebook.Of(activity);
            if (!rules.TakesAnswers || !workshop.Runs.ContainsKey(activity.Id))
                continue;

            var show = ExerciseShow.Of(workshop, activity, ViewPlace.Report);
            if (!show.EnoughToShow)
            {
                if (show.State.Respondents > 0)
                    await LineAsync(csv, workshop, step, activity, "", "", "", "", text["Csv.TooFew", workshop.Info.Threshold]);
                continue;
            }

            if (activity.Anonymity == Anonymity.Anonymous)
            {
                if (workshop.Status == WorkshopStatus.Ended)
                    await AnonymousAsync(csv, workshop, step, show);
                else
                    await LineAsync(csv, workshop, step, activity, "", "", "", "", text["Csv.NotEnded"]);
                continue;
            }

            foreach (var row in rules.Export(show.Context, show.State))
                await LineAsync(csv, workshop, step, activity, NameOf(show, row.Author), workshop.DepartmentOf(activity.Id, row.Author) ?? "", row.Part, row.Item, row.Value);
        }
    }

    private async Task AnonymousAsync(CsvWriter csv, LiveWorkshop workshop, int step, ExerciseShow show)
    {
        var rows = show.Rules.Export(show.Context, show.State).ToLookup(row => row.IsWords);
        foreach (var cell in rows[false].GroupBy(row => (row.Part, row.Item)))
        {
            if (cell.Select(row => row.Author).Distinct().Count() < workshop.Info.Threshold)
            {
                await LineAsync(csv, workshop, step, show.Activity, "", "", cell.Key.Part, cell.Key.Item, text["Csv.TooFew", workshop.Info.Threshold]);
                continue;
            }

            foreach (var row in cell.OrderBy(row => row.Value.Length).ThenBy(row => row.Value, StringComparer.Ordinal))
                await LineAsync(csv, workshop, step, show.Activity, text["Csv.Anonymous"], "", row.Part, row.Item, row.Value);
        }

        if (rows[true].Any() && show.State.Respondents < WorkshopInfo.CommentThreshold)
        {
            await LineAsync(csv, workshop, step, show.Activity, "", "", "", "", text["Csv.TooFewForWords", WorkshopInfo.CommentThreshold]);
            return;
        }

        foreach (var row in rows[true])
            await LineAsync(csv, workshop, step, show.Activity, NameOf(show, row.Author), "", row.Part, row.Item, row.Value);
    }

    private static ValueTask LineAsync(CsvWriter csv, LiveWorkshop workshop, int step, Activity activity, string name, string department, string part, string item, string value)
    {
        csv.WriteField(workshop.Info.Title);
        csv.WriteField(workshop.Info.Date, "O");
        csv.WriteField(step + 1, default, CultureInfo.InvariantCulture);
        foreach (var field in (ReadOnlySpan<string>)[activity.Title, activity.Type, name, department, part, item, value])
            csv.WriteField(field);
        return csv.EndRecordAsync();
    }

    private string NameOf(ExerciseShow show, AuthorKey author) => author.Kind switch
    {
        AuthorKind.Facilitator => text["Csv.Facilitator"],
        AuthorKind.Slot => text["Csv.Anonymous"],
        AuthorKind.Participant => show.NameOf(author) ?? text["Csv.Anonymous"],
    };
}
