using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Loyalty.Engine;
using Loyalty.Web.Live;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loyalty.Tests.Live;

/// <summary>Real connections of SignalR's over pipes, of which a test holds the other end.</summary>
public sealed class PhoneConnectionsTests
{
    /// <summary>Several slices, the last of them not full.</summary>
    private const int Hall = 100;

    private static readonly WorkshopId Room = WorkshopId.New();

    private readonly PhoneConnections phones = new(NullLogger<DefaultHubLifetimeManager<PhoneHub>>.Instance, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stage_reaches_every_phone_of_a_hall_and_no_other_room()
    {
        var hall = await EnterAsync(Room, Hall);
        var elsewhere = await EnterAsync(WorkshopId.New(), 1);

        Assert.Equal(0, await SendAsync("now"));

        Assert.All(hall, phone => Assert.Contains("now", phone.Read(), StringComparison.Ordinal));
        Assert.Empty(elsewhere[0].Read());
    }

    [Fact]
    public async Task Phones_that_left_or_break_while_written_to_keep_nobody_from_the_stage()
    {
        var hall = await EnterAsync(Room, Hall);
        var broken = await EnterAsync(Room, Hall, id => new Line(id, broken: true));
        foreach (var phone in hall.Index().Where(p => p.Index % 3 == 0))
            await phones.OnDisconnectedAsync(phone.Item.Connection);

        await SendAsync("now");

        var (left, here) = (hall.Where((_, i) => i % 3 == 0), hall.Where((_, i) => i % 3 != 0));
        Assert.All(here, phone => Assert.Contains("now", phone.Read(), StringComparison.Ordinal));
        Assert.All(left, phone => Assert.Empty(phone.Read()));
        await Task.WhenAll(broken.Select(phone => phone.Aborted)).WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    [Fact]
    public async Task Phone_that_has_not_taken_the_last_stage_is_passed_over_and_gets_the_newest_once_it_reads()
    {
        var slow = (await EnterAsync(Room, 1, id => new Line(id, room: 1)))[0];
        var others = await EnterAsync(Room, Hall);

        Assert.Equal(0, await SendAsync("first"));
        Assert.Equal(1, await SendAsync("second"));

        Assert.All(others, phone => Assert.Contains("second", phone.Read(), StringComparison.Ordinal));
        Assert.Contains("first", await slow.ReadAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("newest", await slow.ReadAsync(Cancel), StringComparison.Ordinal);
    }

    private Task<int> SendAsync(string message) => phones.SendAsync(Room, nameof(IPhoneClient.Stage), message, () => (nameof(IPhoneClient.Stage), "newest"));

    private async Task<Line[]> EnterAsync(WorkshopId room, int count, Func<string, Line>? make = null)
    {
        var lines = Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)).Select(make ?? (id => new Line(id))).ToArray();
        foreach (var line in lines)
        {
            await phones.OnConnectedAsync(line.Connection);
            phones.Enter(room, line.Connection.ConnectionId);
        }

        return lines;
    }

    /// <summary>A phone and its connection.</summary>
    private sealed class Line
    {
        private readonly Pipe toPhone;
        private readonly TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <param name="room">Bytes that may be on their way before whoever writes has to wait.</param>
        public Line(string id, int room = 64 * 1024, bool broken = false)
        {
            toPhone = new Pipe(new PipeOptions(pauseWriterThreshold: room, resumeWriterThreshold: room, useSynchronizationContext: false));
            var server = new Ends(new Pipe().Reader, broken ? new Broken() : toPhone.Writer);
            Connection = new HubConnectionContext(new DefaultConnectionContext(id, server, server), new HubConnectionContextOptions(), NullLoggerFactory.Instance)
            {
                Protocol = new JsonHubProtocol(),
            };
            Connection.ConnectionAborted.Register(aborted.SetResult);
        }

        public HubConnectionContext Connection { get; }

        /// <summary>Cut off by the server, on a thread of its own.</summary>
        public Task Aborted => aborted.Task;

        /// <summary>What has arrived, at once.</summary>
        public string Read() => toPhone.Reader.TryRead(out var result) ? Take(result) : "";

        /// <summary>What has arrived, or arrives next.</summary>
        public async Task<string> ReadAsync(CancellationToken cancellationToken) =>
            Take(await toPhone.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10), cancellationToken));

        private string Take(ReadResult result)
        {
            var text = Encoding.UTF8.GetString(result.Buffer.ToArray());
            toPhone.Reader.AdvanceTo(result.Buffer.End);
            return text;
        }
    }

    private sealed class Broken : PipeWriter
    {
        public override void Advance(int bytes) => throw new IOException("The network is gone.");

        public override Memory<byte> GetMemory(int sizeHint = 0) => throw new IOException("The network is gone.");

        public override Span<byte> GetSpan(int sizeHint = 0) => throw new IOException("The network is gone.");

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => throw new IOException("The network is gone.");

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
