using System.Globalization;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Live;

/// <summary>The culture that the phones of a workshop read in: the workshop's language, not the browser's, so that a room reads the same words.</summary>
public static class PhoneCulture
{
    /// <summary>The product's English is British; the neutral culture would write dates the American way.</summary>
    public static CultureInfo Default { get; } = CultureInfo.GetCultureInfo("en-GB");

    public static CultureInfo Of(WorkshopInfo info) => Of(info.Language);

    /// <param name="language">A workshop's.</param>
    public static CultureInfo Of(string language)
    {
        if (language is "" or "en")
            return Default;

        try
        {
            return CultureInfo.GetCultureInfo(language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return Default;
        }
    }
}
