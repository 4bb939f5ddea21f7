using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Loyalty.LoadTool.Probe;

/// <summary>The addresses of the probe. Moments are <see cref="Stopwatch"/> ticks: one clock for all processes of a machine.</summary>
internal static class ProbePaths
{
    public const string Root = "/probe";
    public const string Workshops = "workshops";
    public const string People = "people";
    public const string Commands = "commands";
    public const string Costs = "costs";
    public const string Wall = "wall";
    public const string Lines = "lines";
    public const string Allocations = "allocations";
    public const string Push = "push";
    public const string Plans = "plans";
    public const string Prints = "prints";
}

internal sealed record StartedWorkshop(Guid Id, string Code);

/// <summary>What a process has cost since it began.</summary>
/// <param name="Resident">Bytes of memory that are really there.</param>
/// <param name="Heap">Bytes on the managed heap.</param>
/// <param name="Commits">Transactions of the journal.</param>
/// <param name="PassedOver">Messages that were not sent because a phone had not taken the one before.</param>
/// <param name="TurnedBack">Phones that were sent away because too many came at once.</param>
internal sealed record Costs(
    double CpuSeconds, long Allocated, long Resident, long Heap, double GcPauseSeconds, int Collections, long Commits, long CommittedEvents, long PassedOver, long TurnedBack)
{
    /// <param name="collect">Whether garbage is swept first: for memory, not for speed.</param>
    public static Costs OfThisProcess(bool collect)
    {
        if (collect)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        using var me = Process.GetCurrentProcess();
        return new Costs(
            me.TotalProcessorTime.TotalSeconds, GC.GetTotalAllocatedBytes(), me.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false),
            GC.GetTotalPauseDuration().TotalSeconds, GC.CollectionCount(0), 0, 0, 0, 0);
    }

    public static Costs operator -(Costs after, Costs before) => new(
        after.CpuSeconds - before.CpuSeconds, after.Allocated - before.Allocated, after.Resident - before.Resident, after.Heap - before.Heap,
        after.GcPauseSeconds - before.GcPauseSeconds, after.Collections - before.Collections, after.Commits - before.Commits,
        after.CommittedEvents - before.CommittedEvents, after.PassedOver - before.PassedOver, after.TurnedBack - before.TurnedBack);

    public static string Machine => $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
}
