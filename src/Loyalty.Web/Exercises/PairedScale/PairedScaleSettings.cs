using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.PairedScale;

/// <summary>How the two numbers are drawn.</summary>
public enum PairedPicture
{
    /// <summary>From the first to the second: where people are, and where they want to go.</summary>
    Shift,

    /// <summary>Against each other: the first upwards, the second to the right.</summary>
    Map,
}

/// <summary>On which side of the scale's middle.</summary>
public enum PairedSide
{
    Low,
    High,
}

/// <summary>One of the two numbers that every item gets.</summary>
public sealed record PairedNumber(string Id, string Label, int Min = 0, int Max = 10, int Step = 1, string Unit = "", string LowLabel = "", string HighLabel = "")
{
    /// <summary>Bound of both ends.</summary>
    public const int Furthest = 10_000;

    [JsonIgnore]
    public double Middle => (Min + Max) / 2.0;

    /// <summary>Long scales are read in whole numbers.</summary>
    [JsonIgnore]
    public int Digits => Max - Min > 20 ? 0 : 1;

    /// <summary>Where a value lies between the ends, from 0 to 1.</summary>
    public double ShareOf(double value) => (value - Min) / (Max - Min);

    /// <summary>The value for people to read, with its unit.</summary>
    public string Display(double value) => WithUnit(DisplayNumber.Decimals(value, Digits));

    /// <summary>A difference for people to read, with its sign.</summary>
    public string Difference(double value) => DisplayNumber.WithSign(value, Digits);

    public string WithUnit(string number) => Unit.Length is 0 or 1 ? number + Unit : $"{number}\u00A0{Unit}";
}

/// <summary>What a corner of the map is called.</summary>
public sealed record PairedQuadrant(string Id, string Label, PairedSide First, PairedSide Second);

/// <param name="ItemsFrom">The activity whose items are judged; without any, <paramref name="Items"/> are.</param>
/// <param name="Measure">The name of the measures; their subject is the number's id.</param>
public sealed record PairedScaleSettings(
    PairedNumber First,
    PairedNumber Second,
    ImmutableArray<Item> Items,
    string? ItemsFrom = null,
    int MaxItems = PairedScaleSettings.MostItems,
    PairedPicture Picture = PairedPicture.Shift,
    ImmutableArray<PairedQuadrant> Quadrants = default,
    string Measure = "paired-scale.score")
{
    /// <summary>More rows cannot be read from the back.</summary>
    public const int MostItems = 12;

    /// <summary>The name of a corner, or null if it has none.</summary>
    public PairedQuadrant? Quadrant(PairedSide first, PairedSide second) =>
        Quadrants.IsDefault ? null : Quadrants.FirstOrDefault(q => q.First == first && q.Second == second);
}
