using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Loyalty.LoadTool.Servers;

/// <summary>A server as a process of its own on a free loopback port, which is ended with this one whatever happens.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly StringBuilder output = new();
    private readonly Func<Uri, ProcessStartInfo> start;
    private Process? process;

    private ChildProcess(Func<Uri, ProcessStartInfo> start)
    {
        this.start = start;
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    public Uri Address { get; }

    /// <summary>From starting the process until it answered as ready.</summary>
    public TimeSpan StartedIn { get; private set; }

    public static async Task<ChildProcess> StartAsync(Func<Uri, ProcessStartInfo> start, CancellationToken cancellationToken)
    {
        var child = new ChildProcess(start);
        await child.StartAgainAsync(cancellationToken);
        return child;
    }

    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        var info = start(Address);
        info.UseShellExecute = false;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        var started = Stopwatch.GetTimestamp();
        process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilReadyAsync(cancellationToken);
        StartedIn = Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Ends the process as a pulled plug would.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref process, null) is not { } running)
            return;
        running.Kill(entireProcessTree: true);
        running.WaitForExit();
        running.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            if (process!.HasExited)
                throw new Phones.LoadException($"A server ended at its start:\n{Output()}");
            try
            {
                if ((await http.GetAsync(new Uri(Address, "/health/ready"), limit.Token)).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(LookEvery, limit.Token);
        }
    }

    private string Output()
    {
        lock (output)
            return output.ToString();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
