using Loyalty.Web.Exercises.Contract;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Exercises.Tally;

/// <summary>A ratio in words, the same on every screen.</summary>
internal static class TallyWords
{
    public static string Ratio(this IStringLocalizer<TallyText> text, TallyLine line) => line.Ratio switch
    {
        { Total: 0 } => text["Ratio.NoMessages"],
        { Value: { } value } => text["Ratio", DisplayNumber.Decimals(value)],
        _ => text["Ratio.NoCorrective"],
    };

    /// <summary>The target without a decimal that it does not need.</summary>
    public static string Target(double target) => DisplayNumber.Decimals(target, target == Math.Floor(target) ? 0 : 1);
}
