using System.Collections.Immutable;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Live.Simulation;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Demo;

/// <summary>The workshops of the demonstration, made with what makes real ones.</summary>
internal sealed class DemoWorkshops(
    IDbContextFactory<LoyaltyDb> databases,
    IJournal journal,
    WorkshopCodes codes,
    LiveDirectory live,
    Projector projector,
    ExerciseCatalogue catalogue,
    ExerciseRulebook rulebook,
    CurriculumLibraries libraries,
    IStringLocalizer<DemoText> text,
    Simulations simulations,
    TimeProvider time)
{
    private const int Participants = 24;
    private const string Language = "en";
    private const string NinetyMinutes = "ninety-minutes";

    /// <summary>What has been, oldest first: enough to see something over time, and what became of what people promised.</summary>
    private static readonly ImmutableArray<Past> Before =
    [
        new("Pilot.Title", NinetyMinutes, DaysAgo: 374, People: 18),
        new("Office.Title", NinetyMinutes, DaysAgo: 262, People: 26),
        new("FollowUp.Title", "follow-up", DaysAgo: 171, People: 22),
        new("Finished.Title", NinetyMinutes, DaysAgo: 24, Participants),
    ];

    /// <summary>A live workshop older than this is replaced at the next start: nobody wants to begin a day late.</summary>
    private static readonly TimeSpan LiveLifetime = TimeSpan.FromHours(12);

    /// <summary>Workshops from a year ago until some weeks ago, run from start to end. Returns the latest.</summary>
    public async Task<WorkshopId> CreateFinishedAsync(Guid owner, CancellationToken cancellationToken)
    {
        var latest = default(WorkshopId);
        foreach (var past in Before)
            latest = await CreateAsync(past, owner, cancellationToken);
        return latest;
    }

    private async Task<WorkshopId> CreateAsync(Past past, Guid owner, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(time.GetLocalNow().Date).AddDays(-past.DaysAgo);
        day = day.DayOfWeek switch
        {
            DayOfWeek.Saturday => day.AddDays(-1),
            DayOfWeek.Sunday => day.AddDays(-2),
            _ => day,
        };
        var nine = new ShiftedTime(new DateTimeOffset(day, new TimeOnly(9, 0), time.LocalTimeZone.GetUtcOffset(day.ToDateTime(new TimeOnly(9, 0)))));
        var id = await AddAsync(text[past.Title], past.Agenda, past.People, day, owner, nine.GetUtcNow().AddDays(-9), cancellationToken);

        var stored = await journal.LoadAsync(id, cancellationToken) ?? throw new InvalidOperationException("A workshop that was just stored is not there.");
        var gathered = new GatheringJournal();
        await using (var host = new LiveWorkshopHost(Restore.From(stored, rulebook, nine.GetUtcNow()), gathered, new NoPublisher(), nine))
        {
            await new DemoRun(host, catalogue, past.People, nine).RunAsync(cancellationToken);
            await journal.AppendAsync(id, gathered.Gathered, cancellationToken);
            await projector.RebuildAsync(host.Current, cancellationToken);
        }

        // The plans were drawn now, and written then.
        var then = nine.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.ActionPlans.Where(p => p.WorkshopId == id.Value).ExecuteUpdateAsync(set => set.SetProperty(p => p.UpdatedAt, then), cancellationToken);
        await TellAsync(db, id, cancellationToken);
        return id;
    }

    // Most people have told on the check-ins that have come since; what is missing is what HR looks for.
    private async Task TellAsync(LoyaltyDb db, WorkshopId id, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var due = await (
            from plan in db.ActionPlans
            where plan.WorkshopId == id.Value
            from commitment in plan.Commitments
            from checkIn in commitment.CheckIns
            where checkIn.DueOn <= today
            orderby plan.ParticipantId, commitment.Number, checkIn.Days
            select checkIn).ToListAsync(cancellationToken);
        foreach (var (i, commitment) in due.GroupBy(c => c.CommitmentId).Index())
        {
            foreach (var (turn, checkIn) in commitment.Index())
            {
                if (ToldOn(i, turn) is { } state)
                {
                    db.CheckInReports.Add(new CheckInReportRow
                    {
                        CheckInId = checkIn.Id,
                        State = state,
                        Happened = text[$"Told.{state}.Happened"],
                        Next = text[$"Told.{state}.Next"],
                        At = new DateTimeOffset(checkIn.DueOn, new TimeOnly(8, 0), TimeSpan.Zero),
                    });
                }
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    // Half of what was promised is done in the end; some gets stuck, and of some nothing is heard, or not any more.
    private static CheckInState? ToldOn(int commitment, int turn) => (commitment % 10) switch
    {
        8 => null,
        _ when turn == 0 => CheckInState.InProgress,
        9 => null,
        7 => CheckInState.Stuck,
        5 or 6 => CheckInState.InProgress,
        _ => CheckInState.Done,
    };

    /// <summary>A draft for next week, to be edited, rehearsed and started.</summary>
    public async Task CreateDraftAsync(Guid owner, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(time.GetLocalNow().Date).AddDays(7);
        await AddAsync(text["Draft.Title"], NinetyMinutes, Participants, day, owner, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>A workshop that has just been started.</summary>
    public async Task<WorkshopId> CreateLiveAsync(Guid owner, CancellationToken cancellationToken)
    {
        var id = await AddAsync(text["Live.Title"], NinetyMinutes, Participants, DateOnly.FromDateTime(time.GetLocalNow().Date), owner, time.GetUtcNow(), cancellationToken);
        var host = await live.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException("A workshop that was just stored is not there.");
        if (await host.SendAsync(new Command.Start(), cancellationToken) is not Outcome.Done and var outcome)
            throw new InvalidOperationException($"The demonstration could not be started: {outcome}.");
        return id;
    }

    /// <summary>Whether the live workshop can go on: it is there, it has not ended, and it was not left over from yesterday.</summary>
    public async Task<bool> IsFreshAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - LiveLifetime;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Workshops.AnyAsync(
            w => w.Id == id.Value && (w.Status == WorkshopStatus.Live || w.Status == WorkshopStatus.Paused) && w.StartedAt > oldest, cancellationToken);
    }

    /// <summary>Deletes a live workshop that was left over; one that was brought to its end is kept, as somebody's work.</summary>
    public async Task DeleteLeftOverAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        await live.UnloadAsync(id);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Workshops.Where(w => w.Id == id.Value && w.Status != WorkshopStatus.Ended).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Lets the simulated participants in, or back in.</summary>
    public async Task SimulateAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        if (await live.FindAsync(id, cancellationToken) is { } host)
            simulations.Start(host, Participants);
    }

    public async Task<string> CodeOfAsync(WorkshopId id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Workshops.Where(w => w.Id == id.Value).Select(w => w.Code).FirstAsync(cancellationToken);
    }

    private async Task<WorkshopId> AddAsync(string title, string agenda, int people, DateOnly date, Guid owner, DateTimeOffset createdAt, CancellationToken cancellationToken)
    {
        var id = WorkshopId.New();
        var steps = libraries.Of(Language).Agendas.Single(a => a.Id == agenda);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Workshops.Add(new WorkshopRow
        {
            Id = id.Value,
            Code = await codes.NewAsync(cancellationToken),
            Title = title,
            Organisation = text["Organisation"],
            Date = date,
            Departments = AgendaJson.WriteDepartments(text["Departments"].Value.Split('|')),
            Language = Language,
            Threshold = WorkshopInfo.MinThreshold,
            AsksToCompare = true,
            PlannedParticipants = people,
            OwnerId = owner,
            Status = WorkshopStatus.Draft,
            // Steps whose exercise this server does not have are left out: the demonstration shows what there is.
            Agenda = AgendaJson.Write([.. steps.Activities.Where(a => rulebook.Knows(a.Type))]),
            CreatedAt = createdAt,
            SlotMinutes = steps.SlotMinutes,
        });
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    /// <param name="Title">The key of its title among the texts.</param>
    private sealed record Past(string Title, string Agenda, int DaysAgo, int People);
}
