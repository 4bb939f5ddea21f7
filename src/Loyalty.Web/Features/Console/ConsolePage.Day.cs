using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Features.Console;

/// <content>Changes of the day while it runs.</content>
public sealed partial class ConsolePage
{
    private async Task ChangeDayAsync(ImmutableArray<Activity> agenda, string done)
    {
        if (await SendAsync(new Command.ReplaceAgenda(agenda)) is not Outcome.Done)
            return;
        notice = done;
        StateHasChanged();
    }

    private async Task SkipAsync(Activity activity)
    {
        if (workshop is not { } day)
            return;

        var poorer = AgendaRisks.DependingOn(day, AgendaClock.At(day, now), activity);
        if (poorer.IsEmpty || ask is null)
        {
            await CarryOutAsync();
            return;
        }

        var titles = string.Join(", ", poorer.Select(a => $"“{a.Title}”"));
        await ask.ShowAsync(new Question(Text["Day.Skip.Title", activity.Title], Text["Day.Skip.Text", titles], Text["Day.Skip"], CarryOutAsync));

        // The day may have gone on while the question stood: what is changed is the agenda of now.
        Task CarryOutAsync() => ChangeDayAsync(DayChange.Skip(workshop, activity.Id), Text["Day.Skipped", activity.Title]);
    }

    private Task ShowInsertAsync() => insert?.ShowAsync() ?? Task.CompletedTask;

    private Task InsertAsync(Activity activity) =>
        workshop is { } day ? ChangeDayAsync(DayChange.Insert(day, activity), Text["Day.Inserted", activity.Title]) : Task.CompletedTask;
}
