using System.Reflection;

namespace Loyalty.Web.Printing;

/// <summary>The style sheets of print, whole in themselves: the typeface is inside, as data.</summary>
internal static class PrintAssets
{
    private static readonly Lazy<string> AllStyles = new(() => Read("print-fonts.css") + Read("print.css"));

    public static string Styles => AllStyles.Value;

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build left {name} out of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
