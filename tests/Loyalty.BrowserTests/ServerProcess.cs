using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Loyalty.BrowserTests;

/// <summary>
/// The built program as a process of its own, on a port and a data directory of its own. It can be killed without warning and
/// started again on the same port, as a laptop that lost its power.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> output = new();
    private readonly string[] arguments;
    private Process? process;

    private ServerProcess(string dataDirectory, int port, string[] arguments)
    {
        DataDirectory = dataDirectory;
        Url = $"http://localhost:{port}";
        this.arguments = arguments;
    }

    public string Url { get; }

    public string DataDirectory { get; }

    /// <summary>Everything that the server has printed.</summary>
    public string Output => string.Join('\n', output);

    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var server = new ServerProcess(Directory.CreateTempSubdirectory("loyalty-browser-").FullName, FreePort(), arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Ends the process as a pulled plug would.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Executable)
        {
            WorkingDirectory = ContentRoot,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[.. arguments, "--urls", Url, "--Loyalty:DataDirectory", DataDirectory, "--contentRoot", ContentRoot])
            start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilReadyAsync(process);
    }

    /// <summary>The first line of the output that has this text, once it is there.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            if (output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;
            await Task.Delay(50, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await KillAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task UntilReadyAsync(Process started)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            if (started.HasExited)
                throw new InvalidOperationException($"The server ended at its start:\n{Output}");
            try
            {
                if ((await http.GetAsync($"{Url}/health/ready", limit.Token)).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
            output.Enqueue(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Written into this assembly by the build: where the web project is and where its program was built to.
    private static string ContentRoot => Metadata("WebProject");

    private static string Executable => Path.Combine(Metadata("WebOutput"), OperatingSystem.IsWindows() ? "Loyalty.Web.exe" : "Loyalty.Web");

    private static string Metadata(string key) =>
        typeof(ServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
