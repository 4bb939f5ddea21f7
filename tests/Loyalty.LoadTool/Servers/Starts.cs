using System.Diagnostics;
using System.Reflection;
using Loyalty.LoadTool.Probe;

namespace Loyalty.LoadTool.Servers;

/// <summary>How the two servers are started. Both get the same settings of the runtime, or the comparison would be of those.</summary>
internal static class Starts
{
    /// <summary>The published product, with this program's probe in it.</summary>
    public static ProcessStartInfo Product(Uri address, string dataDirectory, bool profile)
    {
        var folder = typeof(Starts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PublishedServer").Value!;
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "Loyalty.Web.exe" : "Loyalty.Web");
        if (!File.Exists(program))
            throw new Phones.LoadException("The server is not published. Run this with -c Release.");

        var info = Common(program, folder);
        foreach (var argument in (string[])["--urls", address.ToString(), "--Loyalty:DataDirectory", dataDirectory])
            info.ArgumentList.Add(argument);
        info.Environment["DOTNET_STARTUP_HOOKS"] = typeof(Starts).Assembly.Location;
        info.Environment[ProbeHook.Variable] = profile ? ProbeHook.WithProfile : "1";
        return info;
    }

    /// <summary>This program as the bare hub.</summary>
    public static ProcessStartInfo BareHub(Uri address)
    {
        var info = Common(Environment.ProcessPath!, AppContext.BaseDirectory);
        info.ArgumentList.Add("--bare-hub");
        info.ArgumentList.Add(address.ToString());
        return info;
    }

    private static ProcessStartInfo Common(string program, string folder)
    {
        var info = new ProcessStartInfo(program) { WorkingDirectory = folder };
        // What a web project has by itself and a console program has not. Somebody who tries others sets them for both.
        info.Environment.TryAdd("DOTNET_gcServer", "1");
        info.Environment.TryAdd("DOTNET_GCDynamicAdaptationMode", "1");
        return info;
    }
}
