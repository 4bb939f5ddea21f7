using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Loyalty.Tests.Storage;
using Loyalty.Web.Storage;

namespace Loyalty.Tests.Features.ActionPlans;

/// <summary>Workshops of three organisations with plans in every state, and a copy in memory to look things up in by other means.</summary>
internal sealed record PlanShelfOfThousands(ImmutableArray<WorkshopRow> Workshops, ImmutableArray<ActionPlanRow> Plans)
{
    public static readonly DateOnly Today = new(2026, 6, 15);

    public static readonly ImmutableArray<string> Organisations = ["Hotel Lindenhof", "Bank of Aare", "Stadtwerke"];
    public static readonly ImmutableArray<string> Departments = ["Kitchen", "Reception", "Sales"];
    public static readonly ImmutableArray<string> Opportunities = ["attitude", "communication", "service-failures"];
    public static readonly ImmutableArray<string> Rungs = ["courtesy", "excellence"];

    private static readonly ImmutableArray<string> Words = ["Ring every guest", "Give 100% of my time", "Write up a_mistake", "Ask \\ listen", "Greet by name", ""];

    public static async Task<PlanShelfOfThousands> FillAsync(StorageFixture storage, int workshops, int plansInEach, CancellationToken cancellationToken)
    {
        await using var db = storage.CreateDbContext();
        var owner = db.Users.First().Id;
        var random = new Random(20260615);
        var rows = Enumerable.Range(0, workshops).Select(i => new WorkshopRow
        {
            Id = Guid.CreateVersion7(),
            Code = string.Create(CultureInfo.InvariantCulture, $"P{i:00000}"),
            Title = string.Create(CultureInfo.InvariantCulture, $"Workshop {i % 4}"),
            Organisation = Organisations[i % Organisations.Length],
            Date = Today.AddDays(-10 * (i / 2)),
            Departments = AgendaJson.WriteDepartments(Departments),
            Language = "en",
            Threshold = 5,
            OwnerId = owner,
            Agenda = "[]",
            Status = WorkshopStatus.Ended,
            CreatedAt = DateTimeOffset.UnixEpoch,
        }).ToImmutableArray();
        var plans = rows.SelectMany(w => Enumerable.Range(0, plansInEach).Select(i => PlanOf(w, i, random))).ToImmutableArray();
        db.AddRange(rows);
        db.AddRange(plans);
        await db.SaveChangesAsync(cancellationToken);
        return new PlanShelfOfThousands(rows, plans);
    }

    private static ActionPlanRow PlanOf(WorkshopRow workshop, int number, Random random)
    {
        var person = new ParticipantRow
        {
            Id = Guid.NewGuid(),
            WorkshopId = workshop.Id,
            Name = string.Create(CultureInfo.InvariantCulture, $"{(number % 7 == 0 ? "Anna" : "Ben")} {number % 40}"),
            Department = random.Next(4) is var d && d < Departments.Length ? Departments[d] : null,
        };
        return new ActionPlanRow
        {
            Id = Guid.NewGuid(),
            WorkshopId = workshop.Id,
            ActivityId = "plan",
            ParticipantId = person.Id,
            Participant = person,
            IsFinal = random.Next(3) > 0,
            Commitments = [.. Enumerable.Range(1, random.Next(1, 4)).Select(n => CommitmentOf(workshop, n, random))],
        };
    }

    private static CommitmentRow CommitmentOf(WorkshopRow workshop, int number, Random random) => new()
    {
        Id = Guid.NewGuid(),
        Number = number,
        What = Words[random.Next(Words.Length)],
        Opportunity = random.Next(4) is var o && o < Opportunities.Length ? Opportunities[o] : "",
        Rung = random.Next(3) is var r && r < Rungs.Length ? Rungs[r] : "",
        By = random.Next(3) == 0 ? null : workshop.Date.AddDays(random.Next(0, 120)),
        CheckIns = [.. new[] { 30, 60, 90 }.Take(random.Next(4)).Select(days => new CheckInRow
        {
            Id = Guid.NewGuid(),
            Days = days,
            DueOn = workshop.Date.AddDays(days),
            Reports = random.Next(2) == 0 ? [] : [new CheckInReportRow { State = (CheckInState)random.Next(3), ByPartner = random.Next(3) == 0 }],
        })],
    };
}
