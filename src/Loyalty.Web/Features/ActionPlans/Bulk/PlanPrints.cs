using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Threading.Channels;
using Loyalty.Engine.Live;
using Loyalty.Web.Printing;
using Loyalty.Web.Storage;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.ActionPlans.Bulk;

public enum PrintState
{
    Waiting,
    Working,
    Done,
    Cancelled,
    Failed,

    /// <summary>The machine has no browser to print with.</summary>
    NoBrowser,
}

/// <summary>A file of many plans that somebody has asked for.</summary>
/// <param name="owner">Whose it is; nobody else is given it.</param>
internal sealed class PlanPrint(Guid owner, ImmutableArray<(Guid Workshop, Guid Participant)> plans, bool zip, Uri origin, CultureInfo culture, DateTimeOffset askedAt) : IDisposable
{
    private int printed;
    private volatile PrintState state = PrintState.Waiting;

    public Guid Id { get; } = Guid.NewGuid();

    public Guid Owner => owner;

    public ImmutableArray<(Guid Workshop, Guid Participant)> Plans => plans;

    /// <summary>A file for each, or one for all.</summary>
    public bool Zip => zip;

    /// <summary>What the links on the sheets begin with.</summary>
    public Uri Origin => origin;

    public CultureInfo Culture => culture;

    public DateTimeOffset AskedAt => askedAt;

    public PrintState State
    {
        get => state;
        set => state = value;
    }

    public int Printed => Volatile.Read(ref printed);

    public CancellationTokenSource Cancel { get; } = new();

    public string FileName => $"{Id:N}{(Zip ? ".zip" : ".pdf")}";

    public bool IsOver => State is not (PrintState.Waiting or PrintState.Working);

    public void Count(int more) => Interlocked.Add(ref printed, more);

    public void Dispose() => Cancel.Dispose();
}

/// <summary>
/// Prints many plans behind everything else: one file at a time, one page of the browser, and with pauses while a room is live. Files
/// stay for a day and go with the process.
/// </summary>
internal sealed class PlanPrints(
    PlanShelf shelf, PdfPrinter printer, RazorPrinter razor, LiveDirectory live, DataDirectory data, TimeProvider time, IStringLocalizer<ActionPlansText> text, ILogger<PlanPrints> log) : BackgroundService
{
    /// <summary>Plans in one file. More than this are asked for workshop by workshop.</summary>
    public const int Most = 2_000;

    private const int MostWaiting = 20;

    /// <summary>Sheets that are read and rendered at a time.</summary>
    private const int Chunk = 50;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>What a machine that is busy with other things may take for one sheet.</summary>
    private static readonly TimeSpan PerSheet = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, PlanPrint> prints = new();
    private readonly Channel<PlanPrint> waiting = Channel.CreateBounded<PlanPrint>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Asks for a file; null if too many wait already.</summary>
    public PlanPrint? Ask(Guid owner, ImmutableArray<(Guid Workshop, Guid Participant)> plans, bool zip, Uri origin, CultureInfo culture)
    {
        Forget();
        var print = new PlanPrint(owner, plans, zip, origin, culture, time.GetUtcNow());
        prints[print.Id] = print;
        if (waiting.Writer.TryWrite(print))
            return print;
        prints.TryRemove(print.Id, out _);
        return null;
    }

    /// <summary>What this person asked for; null for everybody else.</summary>
    public PlanPrint? Find(Guid id, Guid? owner) => prints.TryGetValue(id, out var print) && print.Owner == owner ? print : null;

    /// <summary>Where the file is; null if it is not ready, or gone (after a day, or because somebody in it was erased).</summary>
    public string? FileOf(PlanPrint print) => print.State == PrintState.Done && Path.Combine(data.Exports, print.FileName) is var path && File.Exists(path) ? path : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Of an earlier process: nobody can ask for them any more.
        if (Directory.Exists(data.Exports))
            Directory.Delete(data.Exports, recursive: true);

        await foreach (var print in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, print.Cancel.Token);
            print.State = PrintState.Working;
            try
            {
                print.State = await MakeAsync(print, either.Token);
            }
            catch (OperationCanceledException)
            {
                print.State = PrintState.Cancelled;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
            {
                BulkLog.Failed(log, e, print.Id);
                print.State = PrintState.Failed;
            }

            if (print.State != PrintState.Done)
                File.Delete(Path.Combine(data.Exports, print.FileName));
        }
    }

    private async Task<PrintState> MakeAsync(PlanPrint print, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data.Exports);
        var started = time.GetTimestamp();
        await using var run = printer.StartRun();
        var state = print.Zip ? await ZipAsync(print, run, cancellationToken) : await PdfAsync(print, run, cancellationToken);
        if (state == PrintState.Done)
            BulkLog.Done(log, print.Plans.Length, time.GetElapsedTime(started));
        return state;
    }

    /// <summary>One document of all sheets, so that it has one outline. Counted while it is gathered; the browser does not say how far it is.</summary>
    private async Task<PrintState> PdfAsync(PlanPrint print, PdfPrinter.PrintRun run, CancellationToken cancellationToken)
    {
        var sheets = ImmutableArray.CreateBuilder<PlanSheetModel>(print.Plans.Length);
        await foreach (var chunk in SheetsAsync(print, cancellationToken))
        {
            sheets.AddRange(chunk);
            print.Count(chunk.Length);
        }

        if (sheets.Count == 0)
            return PrintState.Failed;
        var result = await PrintAsync(print, run, sheets.ToImmutable(), text["Title.All", sheets.Count], cancellationToken);
        if (result is not PdfResult.Printed { Bytes: var bytes })
            return Unprinted(result);
        await File.WriteAllBytesAsync(Path.Combine(data.Exports, print.FileName), bytes, cancellationToken);
        return PrintState.Done;
    }

    private async Task<PrintState> ZipAsync(PlanPrint print, PdfPrinter.PrintRun run, CancellationToken cancellationToken)
    {
        var names = new FileNames();
        await using var file = new FileStream(Path.Combine(data.Exports, print.FileName), FileMode.Create, FileAccess.Write);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        await foreach (var chunk in SheetsAsync(print, cancellationToken))
        {
            foreach (var sheet in chunk)
            {
                var began = Stopwatch.GetTimestamp();
                var result = await PrintAsync(print, run, [sheet], text["Title.One", sheet.Name], cancellationToken);
                if (result is not PdfResult.Printed { Bytes: var bytes })
                    return Unprinted(result);
                await using (var entry = zip.CreateEntry(names.Next(sheet.Name) + ".pdf", CompressionLevel.Fastest).Open())
                    await entry.WriteAsync(bytes, cancellationToken);
                print.Count(1);

                // Half the time is the room's.
                if (live.Loaded.Any(h => h.Current is { Status: WorkshopStatus.Live, PhonesHere: > 0 }))
                    await Task.Delay(Stopwatch.GetElapsedTime(began), time, cancellationToken);
            }
        }

        return PrintState.Done;
    }

    private async IAsyncEnumerable<ImmutableArray<PlanSheetModel>> SheetsAsync(PlanPrint print, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The list is ordered by workshop, so that each is read in one go.
        foreach (var chunk in print.Plans.Chunk(Chunk))
        {
            foreach (var workshop in chunk.GroupBy(p => p.Workshop))
                yield return await shelf.SheetsAsync(workshop.Key, workshop.Select(p => p.Participant).ToHashSet(), print.Origin, cancellationToken);
        }
    }

    private async Task<PdfResult> PrintAsync(PlanPrint print, PdfPrinter.PrintRun run, ImmutableArray<PlanSheetModel> sheets, string title, CancellationToken cancellationToken)
    {
        var job = await razor.RenderAsync<PlanSheets>(
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(PlanSheets.Sheets)] = sheets, [nameof(PlanSheets.Title)] = title },
            print.Culture);
        return await run.PrintAsync(job, TimeSpan.FromMinutes(1) + (PerSheet * sheets.Length), cancellationToken);
    }

    private static PrintState Unprinted(PdfResult result) => result is PdfResult.NoBrowser ? PrintState.NoBrowser : PrintState.Failed;

    private void Forget()
    {
        foreach (var old in prints.Values.Where(p => p.IsOver && time.GetUtcNow() - p.AskedAt > Kept).ToList())
        {
            File.Delete(Path.Combine(data.Exports, old.FileName));
            prints.TryRemove(old.Id, out _);
            old.Dispose();
        }
    }
}
