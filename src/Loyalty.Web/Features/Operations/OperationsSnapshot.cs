using System.Collections.Immutable;
using System.Reflection;
using Loyalty.Engine.Live;
using Loyalty.Web.Live;
using Loyalty.Web.Storage;

namespace Loyalty.Web.Features.Operations;

/// <summary>A workshop in memory.</summary>
internal sealed record RoomLine(string Title, string Code, WorkshopStatus Status, int Phones, int Participants, int Waiting);

/// <summary>How the server is at one moment.</summary>
internal sealed record OperationsSnapshot(
    ImmutableArray<RoomLine> Rooms,
    int Phones,
    TimeSpan? AnswerP99,
    TimeSpan? CommitP99,
    TimeSpan? FanOutP99,
    long DatabaseBytes,
    Backup? LastBackup,
    long MemoryBytes,
    TimeSpan Up,
    string Version);

internal sealed class OperationsDesk(LiveDirectory directory, PhoneConnections phones, RecentTimes times, Backups backups, DataDirectory data, TimeProvider time)
{
    private const double P99 = 0.99;

    private static readonly string Version =
        typeof(OperationsDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private readonly DateTimeOffset started = time.GetUtcNow();

    public OperationsSnapshot Look() => new(
        [
            .. directory.Loaded
                .Select(host => (Workshop: host.Current, host.Waiting))
                .OrderByDescending(h => h.Workshop.Status == WorkshopStatus.Live).ThenBy(h => h.Workshop.Info.Title, StringComparer.CurrentCulture)
                .Select(h => new RoomLine(h.Workshop.Info.Title, h.Workshop.Info.Code, h.Workshop.Status, phones.In(h.Workshop.Id), h.Workshop.Participants.Count, h.Waiting)),
        ],
        phones.Count,
        times.Percentile(LiveMetrics.AnswerDuration, P99),
        times.Percentile(StorageMetrics.CommitDuration, P99),
        times.Percentile(LiveMetrics.FanOutDuration, P99),
        data.DatabaseBytes,
        backups.Latest(),
        Environment.WorkingSet,
        time.GetUtcNow() - started,
        Version);
}
