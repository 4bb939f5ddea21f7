using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text;

namespace Loyalty.LoadTool.Probe;

/// <summary>
/// Counts the runtime's allocation ticks (one for about every 100 KB) by type, and what collections cost. Off unless asked for: it costs.
/// </summary>
internal sealed class AllocationProbe(bool on) : EventListener
{
    private const EventKeywords Gc = (EventKeywords)1;
    private const int CollectionEnded = 2;
    private const int AllocationTick = 10;
    private const int Shown = 40;

    // The base constructor calls OnEventSourceCreated before this field has its value.
    private ConcurrentDictionary<string, long>? byType;
    private ConcurrentQueue<GCMemoryInfo>? collections;

    private ConcurrentDictionary<string, long> ByType => LazyInitializer.EnsureInitialized(ref byType)!;

    private ConcurrentQueue<GCMemoryInfo> Collections => LazyInitializer.EnsureInitialized(ref collections)!;

    public string Top()
    {
        if (!on)
            return "Not counted: start with --profile.";
        var total = Math.Max(1, ByType.Values.Sum());
        var text = new StringBuilder();
        foreach (var (type, bytes) in ByType.OrderByDescending(t => t.Value).Take(Shown))
            text.AppendLine(CultureInfo.InvariantCulture, $"{bytes * 100.0 / total,6:0.0} %  {bytes / 1_000_000.0,9:0.0} MB  {type}");
        foreach (var one in Collections)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"generation {one.Generation}{(one.Concurrent ? " beside" : "")}{(one.Compacted ? " compacting" : "")}: {one.PauseDurations[0].TotalMilliseconds,6:0.0} ms, {one.PromotedBytes / 1_000_000.0,6:0.0} MB survived of {one.HeapSizeBytes / 1_000_000.0,6:0.0}");
        }

        return text.ToString();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime" && Environment.GetEnvironmentVariable(ProbeHook.Variable) == ProbeHook.WithProfile)
            EnableEvents(eventSource, EventLevel.Verbose, Gc);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == CollectionEnded)
            Collections.Enqueue(GC.GetGCMemoryInfo(GCKind.Any));
        if (eventData is not { EventId: AllocationTick, PayloadNames: { } names, Payload: { } payload })
            return;
        var type = payload[names.IndexOf("TypeName")] as string ?? "?";
        var bytes = Convert.ToInt64(payload[names.IndexOf("AllocationAmount64")], CultureInfo.InvariantCulture);
        ByType.AddOrUpdate(type, bytes, (_, sum) => sum + bytes);
    }
}
