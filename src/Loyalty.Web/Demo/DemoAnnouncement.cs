using System.Text;
using Loyalty.Web.Ui;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Demo;

/// <summary>Prints how to sign in and every address worth opening.</summary>
internal sealed class DemoAnnouncement(IServer server, JoinAddress joinAddress, IStringLocalizer<DemoText> text)
{
    private const int Column = 22;
    private const int Width = 78;

    public void Print(DemoState state, string code)
    {
        // An in-process server, as in a test, listens nowhere.
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
            return;

        var bound = BindingAddress.Parse(address);
        var here = new UriBuilder(bound.Scheme, bound.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : bound.Host, bound.Port).Uri;
        Console.Out.WriteLine(Compose(state, here, joinAddress.Of(here, code), code));
    }

    private string Compose(DemoState state, Uri here, JoinLink join, string code)
    {
        var block = new StringBuilder();
        var line = new string('─', Width);
        block.AppendLine().AppendLine(line).Append(' ').AppendLine(text["Heading"]).AppendLine();
        Say("Home", Address(""));
        Say("SignIn", Address("sign-in"));
        foreach (var account in new[] { DemoAccounts.Facilitator, DemoAccounts.HR, DemoAccounts.Administrator })
            Say("", $"{account.Email,-28} {text["Role." + account.Role]}");
        Say("Password", $"{state.Password}   {text["Password.Hint"]}");
        block.AppendLine();
        Say("Console", Address($"workshops/{state.Live}/console"));
        Say("Room", Address($"room/{code}"));
        Say("Join", Address($"j/{code}"));
        if (join.Reachable)
        {
            Say("Join.Phone", join.Url);
            foreach (var other in join.OtherHosts)
                Say("", $"{here.Scheme}://{other}/j/{code}");
        }
        else
        {
            Say("Join.Phone", text["Join.NotYet", here.Port]);
        }

        Say("Finished", Address($"workshops/{state.Finished}/report"));
        Say("HR", Address("hr"));
        block.AppendLine();
        Say("Data", text["Data.Value", state.Directory]);
        return block.Append(line).ToString();

        string Address(string path) => new Uri(here, path).ToString();

        void Say(string key, string value) =>
            block.Append(' ').Append((key.Length == 0 ? "" : text[key].Value).PadRight(Column)).AppendLine(value);
    }
}
