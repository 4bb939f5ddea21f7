using System.Buffers.Text;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Loyalty.Web.Features.Phone;

/// <summary>
/// The phone's script and style sheet, compressed as far as they go, once, under addresses that change with their content.
/// The framework's own static assets are Brotli-compressed only when published; a room that is served from a build has
/// the same slow Wi-Fi.
/// </summary>
internal sealed class PhoneAssets(IWebHostEnvironment environment)
{
    private readonly Lazy<PhoneAsset> js = new(() => PhoneAsset.Read(environment, "phone.js", "text/javascript; charset=utf-8"));
    private readonly Lazy<PhoneAsset> css = new(() => PhoneAsset.Read(environment, "phone.css", "text/css; charset=utf-8"));

    public PhoneAsset Js => js.Value;

    public PhoneAsset Css => css.Value;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/phone/{file}", (string file, HttpContext context) =>
            file == Js.File ? Js.SendAsync(context)
            : file == Css.File ? Css.SendAsync(context)
            // A page from before an update asks for what is gone: it gets today's, but must not keep it under that name.
            : file.EndsWith(".js", StringComparison.Ordinal) ? Js.SendAsync(context, keep: false)
            : file.EndsWith(".css", StringComparison.Ordinal) ? Css.SendAsync(context, keep: false)
            : Results.NotFound().ExecuteAsync(context));
    }
}

/// <summary>One file in the encodings that browsers ask for.</summary>
internal sealed class PhoneAsset
{
    private readonly string type;
    private readonly ImmutableArray<(string Name, byte[] Bytes)> encodings;
    private readonly byte[] plain;

    private PhoneAsset(string name, string type, byte[] bytes)
    {
        this.type = type;
        plain = bytes;
        encodings =
        [
            ("br", Compress(bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize))),
            ("gzip", Compress(bytes, to => new GZipStream(to, CompressionLevel.SmallestSize))),
        ];
        File = $"{Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 9))}{System.IO.Path.GetExtension(name)}";
    }

    /// <summary>The file's name in its address; changes with its content.</summary>
    public string File { get; }

    public string Path => $"/phone/{File}";

    /// <exception cref="FileNotFoundException">The client was not bundled.</exception>
    public static PhoneAsset Read(IWebHostEnvironment environment, string name, string type)
    {
        var file = environment.WebRootFileProvider.GetFileInfo($"dist/{name}");
        if (!file.Exists)
            throw new FileNotFoundException($"“{name}” is not in the web root. Build the project: the build bundles the client.", name);

        using var stream = file.CreateReadStream();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return new PhoneAsset(name, type, memory.ToArray());
    }

    /// <param name="keep">Whether the browser may keep it for good.</param>
    public async Task SendAsync(HttpContext context, bool keep = true)
    {
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        var (encoding, bytes) = encodings.FirstOrDefault(e => accepted.Contains(e.Name, StringComparison.OrdinalIgnoreCase));
        var headers = context.Response.Headers;
        headers.ContentType = type;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = keep ? "public, max-age=31536000, immutable" : "no-store";
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        bytes ??= plain;
        headers.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> open)
    {
        using var memory = new MemoryStream();
        using (var stream = open(memory))
            stream.Write(bytes);
        return memory.ToArray();
    }
}
