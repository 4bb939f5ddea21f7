using Loyalty.Web.Exercises.Contract;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Reports.Trends;

/// <summary>How a value of a trend is written.</summary>
internal static class TrendValue
{
    public static string Of(IStringLocalizer<ReportsText> text, TrendUnit unit, double value) => unit switch
    {
        TrendUnit.Score => DisplayNumber.WithSign(value),
        TrendUnit.Grade => DisplayNumber.Decimals(value),
        TrendUnit.Ratio => text["Ratio.Value", DisplayNumber.Decimals(value)],
        TrendUnit.Share => DisplayNumber.Percent(value),
        TrendUnit.Number => DisplayNumber.WithSign(value, 1),
    };
}
