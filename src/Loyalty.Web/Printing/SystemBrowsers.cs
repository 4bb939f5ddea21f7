using System.Runtime.InteropServices;

namespace Loyalty.Web.Printing;

/// <summary>Where Chrome, Edge and Chromium are put by their installers, best first. Nothing is looked at on disk here.</summary>
internal static class SystemBrowsers
{
    private static readonly string[] LinuxNames =
        ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "microsoft-edge-stable", "microsoft-edge"];

    private static readonly string[] LinuxPaths =
        ["/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge", "/usr/lib/chromium/chromium", "/snap/bin/chromium"];

    private static readonly string[] MacApplications = ["Google Chrome", "Microsoft Edge", "Chromium"];

    private static readonly string[] WindowsPaths =
        ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe", "Chromium/Application/chrome.exe"];

    private static readonly string[] WindowsRoots = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];

    public static IEnumerable<string> Places(OSPlatform system, Func<string, string?> environment)
    {
        if (system == OSPlatform.Windows)
        {
            return from path in WindowsPaths
                   from root in WindowsRoots
                   let directory = environment(root)
                   where !string.IsNullOrEmpty(directory)
                   select Path.Combine(directory, path);
        }

        if (system == OSPlatform.OSX)
        {
            return from name in MacApplications
                   from root in new[] { "", environment("HOME") }
                   where root is not null
                   select $"{root}/Applications/{name}.app/Contents/MacOS/{name}";
        }

        var directories = (environment("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return LinuxNames.SelectMany(_ => directories, (name, directory) => Path.Combine(directory, name)).Concat(LinuxPaths);
    }

    public static OSPlatform Current =>
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux;
}
