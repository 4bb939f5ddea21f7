using System.Collections.Immutable;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Features.Reports.Trends;

/// <summary>How a value is written.</summary>
public enum TrendUnit
{
    /// <summary>−100 to +100, with its sign.</summary>
    Score,

    /// <summary>Grade points, 0 to 4.3.</summary>
    Grade,

    /// <summary>Affirming messages for each corrective one.</summary>
    Ratio,

    /// <summary>A share of one, shown in per cent.</summary>
    Share,

    /// <summary>A number with one decimal.</summary>
    Number,
}

/// <summary>A workshop on the time line.</summary>
/// <param name="AskedToCompare">Whether people were asked if they may be compared with another workshop.</param>
public sealed record TrendWorkshop(Guid Id, string Title, DateOnly Date, int Threshold, bool AskedToCompare);

/// <summary>A result of one workshop.</summary>
/// <param name="People">n; never below the workshop's threshold.</param>
/// <param name="Interval">The 95 % confidence interval, where there is one.</param>
public sealed record TrendPoint(TrendWorkshop Workshop, int People, double Value, Interval? Interval);

/// <summary>How the same people differ between two workshops, as far as they agreed to be compared.</summary>
/// <param name="People">n; never below the thresholds of the two.</param>
/// <param name="Value">The mean of each person's own difference, later minus earlier.</param>
/// <param name="Interval">The 95 % confidence interval, where there is one.</param>
public sealed record TrendChange(TrendWorkshop Before, TrendWorkshop After, int People, double Value, Interval? Interval)
{
    /// <summary>Seen from the later workshop.</summary>
    public TrendChange Reversed => new(After, Before, People, -Value, Interval is { } i ? new Interval(-i.To, -i.From) : null);
}

/// <summary>One small picture: a result over the workshops of an organisation.</summary>
/// <param name="From">The lower end of the scale, which all pictures of a group share, and <paramref name="To"/> the upper one.</param>
/// <param name="Departments">The same by department, where departments are large enough.</param>
public sealed record TrendPanel(string Label, TrendUnit Unit, double From, double To, ImmutableArray<TrendPoint> Points, ImmutableArray<(string Department, ImmutableArray<TrendPoint> Points)> Departments)
{
    public bool IsEmpty => Points.IsEmpty;

    /// <summary>Of everybody; by department they would be too few to be worth the risk.</summary>
    public ImmutableArray<TrendChange> SamePeople { get; init; } = [];
}

/// <summary>Pictures that belong together.</summary>
/// <param name="Key">The key of its heading among the texts.</param>
/// <param name="About">Whom it is about, such as the subject of grades; may be empty.</param>
public sealed record TrendGroup(string Key, string About, ImmutableArray<TrendPanel> Panels);

/// <summary>What an organisation's workshops show together.</summary>
public sealed record TrendModel(ImmutableArray<TrendWorkshop> Workshops, ImmutableArray<TrendGroup> Groups)
{
    public static TrendModel Empty { get; } = new([], []);

    public IEnumerable<string> Departments => Groups.SelectMany(g => g.Panels).SelectMany(p => p.Departments).Select(d => d.Department).Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture);
}
