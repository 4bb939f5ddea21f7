using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Loyalty.Tests.Hosting;

public sealed class StartupTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("loyalty-test-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Port_in_use_is_told_in_one_sentence_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await using var server = ServerProcess.Start("--urls", $"http://127.0.0.1:{port}", "--Loyalty:DataDirectory", directory);

        Assert.Equal(1, await server.ExitAsync(Cancel));
        var sentence = Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"Port {port} is in use", sentence, StringComparison.Ordinal);
        Assert.Contains("--urls", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_directory_that_cannot_be_written_to_is_told_in_one_sentence()
    {
        // Not by taking rights away, which an administrator's account would not notice: a file is no directory for anybody.
        var file = Path.Combine(directory, "file");
        await File.WriteAllTextAsync(file, "", Cancel);

        await using var server = ServerProcess.Start("--urls", "http://127.0.0.1:0", "--Loyalty:DataDirectory", Path.Combine(file, "data"));

        Assert.Equal(1, await server.ExitAsync(Cancel));
        var sentence = Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Loyalty:DataDirectory", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Loyalty:PublicUrl", "loyalty.example.org")]
    [InlineData("Loyalty:TrustedProxies:0", "the-proxy")]
    public async Task Setting_that_means_nothing_is_told_in_one_sentence_that_names_it(string setting, string value)
    {
        await using var server = ServerProcess.Start("--urls", "http://127.0.0.1:0", "--Loyalty:DataDirectory", directory, $"--{setting}", value);

        Assert.Equal(1, await server.ExitAsync(Cancel));
        var sentence = Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(setting.Replace(":0", "", StringComparison.Ordinal), sentence, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }
}
