using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Extensions.Options;

namespace Loyalty.Web.Printing;

/// <summary>
/// The headless Chromium that the build brings for Linux on x64, with the libraries and the fonts of last resort that a
/// bare machine lacks. It is unpacked once into a folder named after its contents, so a newer build never runs an older
/// browser and two processes may unpack at the same time.
/// </summary>
internal sealed class BundledChromium(IOptions<PrintingOptions> options, ILogger<BundledChromium> logger)
{
    private const string Browser = "chromium";

    public async Task<Chromium?> UnpackAsync(CancellationToken cancellation)
    {
        var packed = Path.Combine(options.Value.BundledDirectory, "chromium.br");
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 || !File.Exists(packed))
        {
            return null;
        }

        var directory = options.Value.CacheDirectory;
        try
        {
            directory = Path.Combine(directory, "chromium", await FingerprintAsync(packed, cancellation));
            if (!Directory.Exists(directory))
            {
                logger.Unpacking(directory);
                await UnpackAsync(directory, cancellation);
            }

            return new Chromium(Path.Combine(directory, Browser), EnvironmentFor(directory));
        }
        // BrotliStream reports damaged data as an invalid operation.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException)
        {
            logger.UnpackingFailed(exception, directory);
            return null;
        }
    }

    private static async Task<string> FingerprintAsync(string packed, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(packed);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation))[..16];
    }

    private async Task UnpackAsync(string directory, CancellationToken cancellation)
    {
        var parent = Directory.GetParent(directory)!.FullName;
        Directory.CreateDirectory(parent);

        // Complete under another name first: a folder with the final name is always whole.
        var unfinished = Path.Combine(parent, Path.GetRandomFileName());
        Directory.CreateDirectory(unfinished);
        try
        {
            await UnpackBrowserAsync(Path.Combine(unfinished, Browser), cancellation);
            await UnpackArchiveAsync("al2023.tar.br", unfinished, cancellation);
            await UnpackArchiveAsync("fonts.tar.br", unfinished, cancellation);
            WriteFontSettings(unfinished, directory);

            try
            {
                Directory.Move(unfinished, directory);
            }
            catch (IOException) when (Directory.Exists(directory))
            {
                // Another process was quicker; what it unpacked is the same.
            }
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private async Task UnpackBrowserAsync(string path, CancellationToken cancellation)
    {
        await using var source = OpenPacked("chromium.br");
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        await using var target = new FileStream(path, settings);
        await source.CopyToAsync(target, cancellation);
    }

    private async Task UnpackArchiveAsync(string name, string directory, CancellationToken cancellation)
    {
        await using var source = OpenPacked(name);
        await TarFile.ExtractToDirectoryAsync(source, directory, overwriteFiles: true, cancellation);
    }

    private BrotliStream OpenPacked(string name) =>
        new(File.OpenRead(Path.Combine(options.Value.BundledDirectory, name)), CompressionMode.Decompress);

    /// <summary>The machine's own fonts where there are any, and one family that is always there: without a single font
    /// the browser ends at once.</summary>
    private static void WriteFontSettings(string unfinished, string directory) =>
        new XDocument(
            new XDocumentType("fontconfig", null, "fonts.dtd", null),
            new XElement("fontconfig",
                new XElement("include", new XAttribute("ignore_missing", "yes"), "/etc/fonts/fonts.conf"),
                new XElement("dir", Path.Combine(directory, "fonts")),
                new XElement("cachedir", Path.Combine(directory, "fonts-cache"))))
        .Save(Path.Combine(unfinished, "fonts.conf"));

    private static ImmutableDictionary<string, string> EnvironmentFor(string directory)
    {
        var libraries = Path.Combine(directory, "lib");
        var others = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH");
        return ImmutableDictionary<string, string>.Empty
            .Add("LD_LIBRARY_PATH", string.IsNullOrEmpty(others) ? libraries : $"{libraries}:{others}")
            .Add("FONTCONFIG_FILE", Path.Combine(directory, "fonts.conf"));
    }
}
