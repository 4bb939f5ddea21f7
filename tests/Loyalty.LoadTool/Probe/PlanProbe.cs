using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Web.Exercises.Contract;
using Loyalty.Web.Features.ActionPlans.Bulk;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.LoadTool.Probe;

/// <summary>Action plans in numbers, and a file of all of them as HR asks for it.</summary>
internal sealed class PlanProbe(LiveDirectory directory, ExerciseCatalogue catalogue, Projector projector, PlanPrints prints, DataDirectory data, IDbContextFactory<LoyaltyDb> databases)
{
    /// <summary>Opens the plan of a workshop and lets so many people write theirs.</summary>
    public async Task WriteAsync(WorkshopId id, int count, CancellationToken cancellationToken)
    {
        var host = (await directory.FindAsync(id, cancellationToken))!;
        var activity = host.Current.Agenda.Single();
        await host.SendAsync(new Command.GoTo(activity.Id), cancellationToken);
        await host.SendAsync(new Command.SetPhase(Phase.Open), cancellationToken);
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var person = ParticipantId.New();
            await host.SendAsync(new Command.Join(person, string.Create(CultureInfo.InvariantCulture, $"Person {i}"), null, ParticipantToken.Hash(ParticipantToken.New())), cancellationToken);
            var fields = catalogue.Of(activity).Sample.Next(random, host.Current.ContextOf(activity), host.Current.StateOf(activity), AuthorKey.Of(person))
                ?? throw new InvalidOperationException("A sample wrote no plan.");
            if (await host.SendAsync(new Command.Submit(EntryKey.New(), activity.Id, person, null, fields), cancellationToken) is not Outcome.Saved)
                throw new InvalidOperationException("A plan was not saved.");
        }

        await projector.WaitUntilIdleAsync(cancellationToken);
    }

    public async Task<Guid> PrintAsync(WorkshopId id, bool zip, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var plans = await db.ActionPlans.Where(p => p.WorkshopId == id.Value).Select(p => p.ParticipantId).ToListAsync(cancellationToken);
        var print = prints.Ask(Guid.Empty, [.. plans.Select(p => (id.Value, p))], zip, new Uri("https://loyalty.example/"), CultureInfo.GetCultureInfo("en-GB"));
        return print?.Id ?? throw new InvalidOperationException("Too many files wait already.");
    }

    public PrintProgress Of(Guid id)
    {
        var print = prints.Find(id, Guid.Empty)!;
        var file = new FileInfo(Path.Combine(data.Exports, print.FileName));
        return new PrintProgress(print.State.ToString(), print.IsOver, print.Plans.Length, print.Printed, file.Exists ? file.Length : 0, ProcessTree.MemoryBelow(Environment.ProcessId), Environment.WorkingSet);
    }
}

/// <param name="Browser">Bytes of memory of the processes that the server started, what they share counted once.</param>
/// <param name="Server">Bytes of memory of the server itself.</param>
internal sealed record PrintProgress(string State, bool IsOver, int Plans, int Printed, long Bytes, long Browser, long Server);

/// <summary>The processes below one, as Linux tells; nothing elsewhere.</summary>
internal static class ProcessTree
{
    public static long MemoryBelow(int root)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var parents = new List<(int Id, int Parent)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read($"{directory}/stat") is { Length: > 0 } stat)
                parents.Add((id, int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)));
        }

        var below = new HashSet<int> { root };
        bool more;
        do
        {
            more = false;
            foreach (var (id, parent) in parents)
                more |= below.Contains(parent) && below.Add(id);
        }
        while (more);

        return below.Where(id => id != root).Sum(ShareOf);
    }

    // "Pss: 1234 kB": pages that are shared are divided among those that share them.
    private static long ShareOf(int id) =>
        Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/smaps_rollup")).Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal)) is { } line
            ? 1024 * long.Parse(line[4..^2].Trim(), CultureInfo.InvariantCulture)
            : 0;

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended meanwhile
        }
    }
}
