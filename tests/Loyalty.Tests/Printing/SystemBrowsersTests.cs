using System.Runtime.InteropServices;
using Loyalty.Web.Printing;

namespace Loyalty.Tests.Printing;

public sealed class SystemBrowsersTests
{
    [Fact]
    public void Linux_looks_along_the_path_and_prefers_Chrome_wherever_it_is()
    {
        var places = SystemBrowsers.Places(OSPlatform.Linux, name => name == "PATH" ? "/usr/bin:/opt/own" : null).ToList();

        Assert.Contains("/usr/bin/chromium", places);
        Assert.True(places.IndexOf("/opt/own/google-chrome") < places.IndexOf("/usr/bin/chromium"));
        Assert.Contains("/snap/bin/chromium", places);
    }

    [Fact]
    public void Mac_looks_at_the_applications_of_all_and_of_the_user()
    {
        var places = SystemBrowsers.Places(OSPlatform.OSX, name => name == "HOME" ? "/Users/ann" : null).ToList();

        Assert.Contains("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", places);
        Assert.Contains("/Users/ann/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", places);
    }

    [Fact]
    public void Windows_looks_below_every_folder_for_programs_that_is_set()
    {
        var places = SystemBrowsers.Places(OSPlatform.Windows, name => name switch
        {
            "ProgramFiles(x86)" => "C:/Programs86",
            "LocalAppData" => "C:/Users/ann/Local",
            _ => null,
        }).ToList();

        Assert.Contains("C:/Programs86/Microsoft/Edge/Application/msedge.exe", places);
        Assert.Contains("C:/Users/ann/Local/Google/Chrome/Application/chrome.exe", places);
        Assert.Equal(6, places.Count);
    }
}
