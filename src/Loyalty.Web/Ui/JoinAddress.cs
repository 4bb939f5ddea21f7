using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Loyalty.Web.Ui;

/// <summary>How phones come to a workshop.</summary>
/// <param name="Url">What the QR code says: the full address that joins.</param>
/// <param name="Host">What people type: host and port, without the scheme.</param>
/// <param name="Reachable">False if only this very computer can open it.</param>
/// <param name="OtherHosts">Further addresses of this computer, if the first is in a network that the phones are not in.</param>
public sealed record JoinLink(string Url, string Host, bool Reachable, ImmutableArray<string> OtherHosts)
{
    public bool Encrypted => Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// Finds the address that phones join at: setting <c>Loyalty:PublicUrl</c>, else the one that the page itself was opened at,
/// else (on a laptop that serves its own room, where that is <c>localhost</c>) an address of this computer in the local network.
/// </summary>
internal sealed class JoinAddress(IConfiguration configuration, IServer server)
{
    public const string PublicUrl = "Loyalty:PublicUrl";

    /// <exception cref="OptionsValidationException">The setting is no address: what stops the start.</exception>
    public static void CheckSetting(IConfiguration configuration)
    {
        if (configuration[PublicUrl] is { Length: > 0 } setting && !(Uri.TryCreate(setting, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            throw new OptionsValidationException(PublicUrl, typeof(JoinAddress), [$"The setting {PublicUrl} is '{setting}', which is not an address such as https://loyalty.example.org; correct it, or remove it."]);
    }

    /// <param name="page">The address of the page that asks.</param>
    /// <param name="code">The workshop's join code.</param>
    public JoinLink Of(Uri page, string code) => Choose(
        page,
        configuration[PublicUrl] is { Length: > 0 } setting ? new Uri(setting) : null,
        server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [],
        page.IsLoopback ? LocalAddresses() : [],
        code);

    internal static JoinLink Choose(Uri page, Uri? configured, IEnumerable<string> bound, IReadOnlyList<IPAddress> local, string code)
    {
        if (configured is not null)
            return Link(configured, reachable: true, code);
        if (!page.IsLoopback)
            return Link(page, reachable: true, code);

        // The page's own scheme first: a server that listens on both is opened at the one that is meant.
        var origins = bound
            .Select(BindingAddress.Parse)
            .Where(address => !IsLoopback(address.Host))
            .OrderByDescending(address => address.Scheme == page.Scheme)
            .SelectMany(address => HostsOf(address, local).Select(host => new UriBuilder(address.Scheme, host, address.Port).Uri))
            .Distinct()
            .ToList();
        return origins.Count == 0
            ? Link(page, reachable: false, code)
            : Link(origins[0], reachable: true, code) with { OtherHosts = [.. origins.Skip(1).Select(o => o.Authority).Distinct(StringComparer.OrdinalIgnoreCase)] };
    }

    private static JoinLink Link(Uri origin, bool reachable, string code) => new(
        string.Create(CultureInfo.InvariantCulture, $"{origin.GetLeftPart(UriPartial.Authority)}/j/{code}"), origin.Authority, reachable, []);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    // "*", "+" and the unspecified addresses stand for all of this computer's own; any other name stands for itself.
    private static IEnumerable<string> HostsOf(BindingAddress address, IReadOnlyList<IPAddress> local) =>
        address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? local.Select(ip => ip.ToString()) : [address.Host];

    private static List<IPAddress> LocalAddresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel))
            .Select(n => n.GetIPProperties())
            // A network with a way out is the one that the room is in; bridges of virtual machines have none.
            .OrderByDescending(p => p.GatewayAddresses.Count > 0)
            .SelectMany(p => p.UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IsLinkLocal(a))];

    // RFC 3927: 169.254/16 means that no address was given.
    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, ..];
}
