namespace Loyalty.Web.Printing;

internal sealed class PrintingOptions
{
    /// <summary>Setting <c>Loyalty:Chromium:Path</c>: the one browser to use, and no other.</summary>
    public string? ChromiumPath { get; set; }

    /// <summary>Tried in this order; those that are not there are passed over.</summary>
    public IReadOnlyList<string> SystemBrowsers { get; set; } =
        [.. Printing.SystemBrowsers.Places(Printing.SystemBrowsers.Current, Environment.GetEnvironmentVariable)];

    /// <summary>Where the bundled Chromium is unpacked once; about 210 MB.</summary>
    public string CacheDirectory { get; set; } = "";

    /// <summary>Where the build puts the packed Chromium. Absent on systems that it does not run on.</summary>
    public string BundledDirectory { get; set; } = Path.Combine(AppContext.BaseDirectory, "chromium");

    /// <summary>From the call to the last byte, waiting and the start of the browser included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}
