using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Loyalty.Web.Printing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Tests.Printing;

public sealed class BundledChromiumTests : IDisposable
{
    private readonly string _packed = Directory.CreateTempSubdirectory("loyalty-packed-").FullName;
    private readonly string _cache = Directory.CreateTempSubdirectory("loyalty-cache-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public BundledChromiumTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there does the build bring a browser.");

    [Fact]
    public async Task Package_unpacked_is_executable_and_brings_its_libraries_and_fonts()
    {
        Pack("first");

        var chromium = await UnpackAsync();

        Assert.NotNull(chromium);
        Assert.Equal("first", await File.ReadAllTextAsync(chromium.Path, Cancellation));
        Assert.True(Mode(chromium.Path).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.Exists(Path.Combine(chromium.Environment["LD_LIBRARY_PATH"].Split(':')[0], "libnss3.so")));
        Assert.Contains("/etc/fonts/fonts.conf", await File.ReadAllTextAsync(chromium.Environment["FONTCONFIG_FILE"], Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_unpacked_by_several_at_once_is_there_once_and_whole()
    {
        Pack("first");

        var unpacked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => UnpackAsync()));

        Assert.All(unpacked, chromium => Assert.Equal("first", File.ReadAllText(chromium!.Path)));
        Assert.Single(Directory.GetDirectories(Path.Combine(_cache, "chromium")));
    }

    [Fact]
    public async Task Package_that_changed_is_unpacked_anew()
    {
        Pack("first");
        await UnpackAsync();
        Pack("second");

        var chromium = await UnpackAsync();

        Assert.Equal("second", await File.ReadAllTextAsync(chromium!.Path, Cancellation));
    }

    [Fact]
    public async Task Package_that_is_broken_is_no_browser_and_leaves_nothing_behind()
    {
        Pack("first");
        await File.WriteAllTextAsync(Path.Combine(_packed, "al2023.tar.br"), "not Brotli", Cancellation);

        Assert.Null(await UnpackAsync());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_cache, "chromium")));
    }

    private async Task<Chromium?> UnpackAsync()
    {
        await using var services = PrintingHost.Services(_cache, options => options.BundledDirectory = _packed);
        return await services.GetRequiredService<BundledChromium>().UnpackAsync(Cancellation);
    }

    private void Pack(string browser)
    {
        Compress("chromium.br", stream => stream.Write(Encoding.UTF8.GetBytes(browser)));
        Compress("al2023.tar.br", stream => Archive(stream, "lib/libnss3.so"));
        Compress("fonts.tar.br", stream => Archive(stream, "fonts/a.ttf"));
    }

    private void Compress(string name, Action<Stream> write)
    {
        using var stream = new BrotliStream(File.Create(Path.Combine(_packed, name)), CompressionLevel.Fastest);
        write(stream);
    }

    private static void Archive(Stream stream, string entry)
    {
        using var archive = new TarWriter(stream);
        archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream([1]) });
    }

    private static UnixFileMode Mode(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    public void Dispose()
    {
        Directory.Delete(_packed, recursive: true);
        Directory.Delete(_cache, recursive: true);
    }
}
