using System.Diagnostics;
using System.Runtime.InteropServices;
using Loyalty.Web.Printing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;

namespace Loyalty.Tests.Printing;

/// <summary>Printing as the program registers it, with a folder of its own to unpack the bundled browser into.</summary>
public sealed class PrintingHost : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    internal string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("loyalty-printing-").FullName;

    internal PdfPrinter Printer => _services.GetRequiredService<PdfPrinter>();

    internal RazorPrinter Razor => _services.GetRequiredService<RazorPrinter>();

    public ValueTask InitializeAsync()
    {
        _services = Services(Directory);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>Ends every process of a browser unpacked into this host's folder; returns how many there were.</summary>
    internal int KillBrowsers()
    {
        var killed = 0;
        foreach (var process in Process.GetProcessesByName("chromium"))
        {
            using (process)
            {
                if (CommandLine(process).StartsWith(Directory, StringComparison.Ordinal))
                {
                    process.Kill();
                    process.WaitForExit();
                    killed++;
                }
            }
        }

        return killed;
    }

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it ended meanwhile, as a browser's children do with it
        }
    }

    internal static ServiceProvider Services(string directory, Action<PrintingOptions>? configure = null) =>
        new ServiceCollection()
            .AddLogging()
            .AddLocalization()
            .AddSingleton(TimeProvider.System)
            .AddLoyaltyPrinting(
                new ConfigurationBuilder().AddInMemoryCollection([new("Loyalty:DataDirectory", directory)]).Build(),
                new HostingEnvironment { ContentRootPath = directory })
            .PostConfigure<PrintingOptions>(options =>
            {
                // Where the build brings a browser, that one: it is the same on every machine.
                options.SystemBrowsers = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 ? [] : options.SystemBrowsers;
                configure?.Invoke(options);
            })
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
}
