using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Demo;

/// <summary>Prints how to sign in and every address worth opening.</summary>
internal sealed class DemoAnnouncement(IServer server, IStringLocalizer<DemoText> text)
{
    private const int Column = 22;
    private const int Width = 78;

    public void Print(DemoState state, string code)
    {
        var addresses = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []).Select(BindingAddress.Parse).ToList();
        if (addresses.Count == 0)
            return; // an in-process server of a test listens nowhere

        Console.Out.WriteLine(Compose(state, code, addresses, LocalAddresses()));
    }

    internal string Compose(DemoState state, string code, IReadOnlyList<BindingAddress> bound, IReadOnlyList<IPAddress> local)
    {
        var first = bound[0];
        var here = $"{first.Scheme}://{(IsEverywhere(first) ? "localhost" : first.Host)}:{first.Port}";
        var forPhones = bound
            .Where(b => !IsLoopback(b))
            .SelectMany(b => IsEverywhere(b) ? local.Select(ip => $"{b.Scheme}://{ip}:{b.Port}") : [$"{b.Scheme}://{b.Host}:{b.Port}"])
            .ToList();

        var block = new StringBuilder();
        var line = new string('─', Width);
        block.AppendLine().AppendLine(line).Append(' ').AppendLine(text["Heading"]).AppendLine();
        Say("Home", here);
        Say("SignIn", $"{here}/sign-in");
        foreach (var account in new[] { DemoAccounts.Facilitator, DemoAccounts.HR, DemoAccounts.Administrator })
            Say("", $"{account.Email,-28} {text["Role." + account.Role]}");
        Say("Password", $"{state.Password}   {text["Password.Hint"]}");
        block.AppendLine();
        Say("Console", $"{here}/workshops/{state.Live}/console");
        Say("Room", $"{here}/room/{code}");
        Say("Join", $"{here}/j/{code}");
        foreach (var address in forPhones)
            Say("Join.Phone", $"{address}/j/{code}");
        if (forPhones.Count == 0)
            Say("Join.Phone", text["Join.NotYet", first.Port]);
        Say("Finished", $"{here}/workshops/{state.Finished}/report");
        Say("HR", $"{here}/hr");
        block.AppendLine();
        Say("Data", text["Data.Value", state.Directory]);
        return block.Append(line).ToString();

        void Say(string key, string value) =>
            block.Append(' ').Append((key.Length == 0 ? "" : text[key].Value).PadRight(Column)).AppendLine(value);
    }

    private static bool IsEverywhere(BindingAddress address) => address.Host is "*" or "+" or "0.0.0.0" or "[::]";

    private static bool IsLoopback(BindingAddress address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    // Networks with a way out first: the room's is one of them.
    private static List<IPAddress> LocalAddresses() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel))
            .Select(n => n.GetIPProperties())
            .OrderByDescending(p => p.GatewayAddresses.Count)
            .SelectMany(p => p.UnicastAddresses)
            .Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork),
    ];
}
