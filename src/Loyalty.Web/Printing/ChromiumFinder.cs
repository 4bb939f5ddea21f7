using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Loyalty.Web.Printing;

/// <summary>A browser on this machine. <c>Environment</c> is what its process needs beyond this one's.</summary>
internal sealed record Chromium(string Path, ImmutableDictionary<string, string> Environment)
{
    public Chromium(string path)
        : this(path, ImmutableDictionary<string, string>.Empty)
    {
    }
}

internal sealed class ChromiumFinder(IOptions<PrintingOptions> options, BundledChromium bundled)
{
    /// <summary>
    /// The configured browser and no other; else the system's, best first, and then the one that came with the build.
    /// One at a time, because the last has to be unpacked and is wanted only if none before it will start.
    /// </summary>
    public async IAsyncEnumerable<Chromium> FindAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (options.Value.ChromiumPath is { Length: > 0 } configured)
        {
            yield return new Chromium(configured);
            yield break;
        }

        foreach (var path in options.Value.SystemBrowsers.Where(File.Exists))
        {
            yield return new Chromium(path);
        }

        if (await bundled.UnpackAsync(cancellation) is { } unpacked)
        {
            yield return unpacked;
        }
    }
}
