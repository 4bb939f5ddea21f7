using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Loyalty.LoadTool.Report;

namespace Loyalty.LoadTool.Phones;

/// <summary>How people come in: the page that asks for the name, the post, and the page of the stage. As a browser does it, without the pictures.</summary>
internal sealed partial class Entrance : IDisposable
{
    private const int AtOnce = 100;

    /// <summary>Of the first phone, in bytes: the one that will freeze, so that the network does not hide for long that it reads nothing.</summary>
    private const int SmallBuffer = 4_096;

    private readonly Uri server;
    private readonly HttpClient http;

    public Entrance(Uri server)
    {
        this.server = server;
        http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = AtOnce,
            AutomaticDecompression = DecompressionMethods.GZip,
        })
        {
            BaseAddress = server,
        };
    }

    /// <summary>Lets so many people in, each with a phone that is connected and has said hello.</summary>
    public async Task<(Crowd Crowd, Samples Taken, TimeSpan Lasted)> JoinAsync(string code, int count, CancellationToken cancellationToken)
    {
        var address = new PhoneAddress(new IPEndPoint(IPAddress.Loopback, server.Port), $"/hubs/phone?code={code}");
        var taken = new Samples();
        var phones = new Phone[count];
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (number, cancel) =>
        {
            var arrived = Stopwatch.GetTimestamp();
            var phone = new Phone(number, address, await JoinAsync(code, $"Person {number}", cancel), new Random(number))
            {
                ReceiveBuffer = number == 0 ? SmallBuffer : null,
            };
            await phone.ConnectAsync(cancel);
            if (!(await phone.HelloAsync(cancel)).Ok)
                throw new LoadException($"Phone {number} was turned away.");
            taken.Add(arrived, Stopwatch.GetTimestamp());
            phones[number] = phone;
        });
        return (new Crowd(phones), taken, Stopwatch.GetElapsedTime(started));
    }

    public void Dispose() => http.Dispose();

    private async Task<string> JoinAsync(string code, string name, CancellationToken cancellationToken)
    {
        using var page = await http.GetAsync($"/j/{code}", cancellationToken);
        var html = await page.Content.ReadAsStringAsync(cancellationToken);
        if (page.StatusCode != HttpStatusCode.OK)
            throw new LoadException($"The page for joining was answered with {(int)page.StatusCode}.");
        var cookies = page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).ToList();

        var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)))
            .Append(KeyValuePair.Create("name", name))
            .Append(KeyValuePair.Create("department", ""));
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/j/{code}") { Content = new FormUrlEncodedContent(fields) };
        post.Headers.Add("Cookie", string.Join("; ", cookies));
        using var joined = await http.SendAsync(post, cancellationToken);
        if (joined.StatusCode != HttpStatusCode.SeeOther)
            throw new LoadException($"Joining was answered with {(int)joined.StatusCode}.");

        var token = cookies.Single(c => c.StartsWith($"loyalty.{code}=", StringComparison.Ordinal));
        using var get = new HttpRequestMessage(HttpMethod.Get, $"/j/{code}");
        get.Headers.Add("Cookie", token);
        using var stage = await http.SendAsync(get, cancellationToken);
        await stage.Content.ReadAsByteArrayAsync(cancellationToken);
        return token;
    }

    [GeneratedRegex("""<input(?=[^>]*type="hidden")[^>]*?name="(?<name>[^"]+)"[^>]*?value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hidden();
}
