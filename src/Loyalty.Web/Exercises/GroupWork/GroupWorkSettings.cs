using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;

namespace Loyalty.Web.Exercises.GroupWork;

/// <param name="Rounds">One after the other; the facilitator leads from one to the next.</param>
/// <param name="Groups">How groups are formed.</param>
/// <param name="GroupsFrom">Another activity of the agenda whose groups go on together; if it has none, they are formed as <paramref name="Groups"/> says.</param>
/// <param name="RoleList">Dealt by seat: the first role to the first seat, and so on. None is possible.</param>
/// <param name="Rotate">Whether roles move on by one seat with each round.</param>
/// <param name="Captures">What is asked for; nothing is possible, for work that leaves no trace.</param>
public sealed partial record GroupWorkSettings(
    ImmutableArray<WorkRound> Rounds,
    GroupShape? Groups = null,
    ActivityId? GroupsFrom = null,
    ImmutableArray<WorkRole> RoleList = default,
    bool Rotate = false,
    ImmutableArray<Capture> Captures = default)
{
    public const int MostRounds = 6;
    public const int MostRoles = 6;
    public const int MostCaptures = 8;
    public const int LargestGroup = 30;

    [JsonPropertyName("roles")]
    public ImmutableArray<WorkRole> RoleList { get; init; } = RoleList.IsDefault ? [] : RoleList;

    public ImmutableArray<Capture> Captures { get; init; } = Captures.IsDefault ? [] : Captures;

    [JsonIgnore]
    public GroupPlan Plan => (Groups ?? new GroupShape()).Plan;

    /// <summary>The round of a part from 1, or null before the first one.</summary>
    public WorkRound? RoundOf(int part) => part >= 1 && part <= Rounds.Length ? Rounds[part - 1] : null;

    public IEnumerable<Capture> CapturesIn(WorkRound round) => Captures.Where(c => c.Round is null || c.Round == round.Id);

    public IEnumerable<WorkRound> RoundsOf(Capture capture) => Rounds.Where(r => capture.Round is null || capture.Round == r.Id);

    /// <summary>The role on a seat in a round from 0; null if there are no roles. Roles of one person come first, the rest share the other one.</summary>
    public WorkRole? RoleOn(int seat, int members, int round)
    {
        if (RoleList.IsEmpty || members == 0 || seat < 0)
            return null;
        var place = Rotate ? (((seat - round) % members) + members) % members : seat;
        var singles = RoleList.Where(role => !role.Rest).ToList();
        return place < singles.Count ? singles[place] : RoleList.FirstOrDefault(role => role.Rest) ?? singles[^1];
    }

    internal void CheckInto(SettingsCheck check)
    {
        if (!check.Items("rounds", AsItems(Rounds, r => r?.Id, r => r?.Label), 1, MostRounds).Problems.IsEmpty
            || !check.Items("roles", AsItems(RoleList, r => r?.Id, r => r?.Label), 0, MostRoles).Problems.IsEmpty
            || !check.Items("captures", AsItems(Captures, c => c?.Id, c => c?.Label), 0, MostCaptures).Problems.IsEmpty)
        {
            return;
        }

        check.That(Rounds.All(r => r.Minutes is >= 1 and <= 120), "The “minutes” of a round are from 1 to 120.")
            .That(Plan is { Min: >= 1, Size: >= 1 } plan && plan.Min <= plan.Size && plan.Size <= plan.Max && plan.Max <= LargestGroup, $"“groups” needs “min”, “size” and “max” in this order, from 1 to {LargestGroup}.")
            .That(RoleList.Count(r => r.Rest) <= 1, "Only one of the “roles” can have the count “rest”.")
            .That(RoleList.All(r => r.Briefs.Keys.All(id => Rounds.Any(round => round.Id == id))), "The “briefs” of a role are for rounds that exist.")
            .That(Rounds.Select(r => r.Id).Concat(RoleList.Select(r => r.Id)).Concat(Captures.Select(c => c.Id)).All(IsSlug), "Ids are slugs: small letters, digits and hyphens.");
        foreach (var capture in Captures)
            capture.CheckInto(check, this);
    }

    internal static bool IsSlug(string id) => Slug().IsMatch(id);

    private static ImmutableArray<Item> AsItems<T>(ImmutableArray<T> entries, Func<T, string?> id, Func<T, string?> label) =>
        entries.IsDefault ? default : [.. entries.Select(e => new Item(id(e) ?? "", label(e) ?? ""))];

    // Ids are parts of field names, which a dot divides.
    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slug();
}

/// <summary>The sizes that groups should have. What is missing follows from the rest.</summary>
public sealed record GroupShape(int? Size = null, int? Min = null, int? Max = null, GroupMode Mode = GroupMode.Random)
{
    private const int UsualSize = 4;

    [JsonIgnore]
    public GroupPlan Plan
    {
        get
        {
            if (Mode == GroupMode.Pairs)
                return new GroupPlan(2, 2, 3, Mode);
            var size = Size ?? (Min is { } from && Max is { } to ? (from + to) / 2 : Min ?? Math.Min(UsualSize, Max ?? UsualSize));
            return new GroupPlan(size, Min ?? Math.Max(1, size - 1), Max ?? Math.Max(size + 1, Min ?? 0), Mode);
        }
    }
}

/// <param name="Minutes">The countdown that starts with the round.</param>
public sealed record WorkRound(string Id, string Label, int Minutes = 5);

/// <param name="Hint">What the role does, where a round has no brief of its own for it.</param>
/// <param name="Rest">Whether everybody has it who has none of the others; <c>"count": "rest"</c>.</param>
/// <param name="Briefs">What the role does in each round, by the round's id.</param>
public sealed record WorkRole(
    string Id,
    string Label,
    string Hint = "",
    [property: JsonPropertyName("count"), JsonConverter(typeof(RestConverter))] bool Rest = false,
    ImmutableDictionary<string, string>? Briefs = null)
{
    public ImmutableDictionary<string, string> Briefs { get; init; } = Briefs ?? ImmutableDictionary<string, string>.Empty;

    public string BriefIn(WorkRound? round) => round is not null && Briefs.GetValueOrDefault(round.Id) is { Length: > 0 } brief ? brief : Hint;
}

public enum CaptureKind
{
    /// <summary>Words, such as a story.</summary>
    Text,

    /// <summary>A few words each, which are counted.</summary>
    Tags,

    /// <summary>One number.</summary>
    Scale,

    /// <summary>A number for each of several items.</summary>
    Scores,
}

/// <summary>Something that is asked for.</summary>
/// <param name="Role">The role that gives it; null for everybody.</param>
/// <param name="Round">The round in which it is asked for; null for every round.</param>
/// <param name="Max">Tags: how many. Text: how many characters.</param>
/// <param name="Consent">Text: whether the author is asked if it may be quoted outside this workshop. Without a tick it may not.</param>
/// <param name="Items">Scores: what is scored.</param>
/// <param name="Suggestions">Tags: some to begin with.</param>
/// <param name="Measure">Scale and scores: the measure's name, such as <c>role-play.behaviour</c>.</param>
public sealed partial record Capture(
    string Id,
    CaptureKind Kind,
    string Label,
    string Hint = "",
    string? Role = null,
    string? Round = null,
    int? Max = null,
    bool Consent = false,
    int Min = 1,
    int MaxValue = 5,
    string LowLabel = "",
    string HighLabel = "",
    ImmutableArray<Item> Items = default,
    ImmutableArray<string> Suggestions = default,
    string? Measure = null)
{
    public const int LongestText = 2000;
    public const int LongestTag = 40;
    public const int MostTags = 10;
    public const int MostItems = 10;
    public const int MostSteps = 11;

    public ImmutableArray<Item> Items { get; init; } = Items.IsDefault ? [] : Items;

    public ImmutableArray<string> Suggestions { get; init; } = Suggestions.IsDefault ? [] : Suggestions;

    [JsonIgnore]
    public int Limit => Max ?? (Kind == CaptureKind.Tags ? 5 : 500);

    /// <summary>Whether it is numbers.</summary>
    [JsonIgnore]
    public bool IsScored => Kind is CaptureKind.Scale or CaptureKind.Scores;

    /// <summary>What is given a number: the items, or the one thing that the label names.</summary>
    [JsonIgnore]
    public ImmutableArray<Item> Scored => Kind switch
    {
        CaptureKind.Scores => Items,
        CaptureKind.Scale => [new Item(Id, Label, Hint)],
        CaptureKind.Text or CaptureKind.Tags => [],
    };

    internal void CheckInto(SettingsCheck check, GroupWorkSettings settings)
    {
        check.That(Enum.IsDefined(Kind), $"“{Id}” needs a “kind”.")
            .That(Role is null || settings.RoleList.Any(r => r.Id == Role), $"The “role” of “{Id}” does not exist.")
            .That(Round is null || settings.Rounds.Any(r => r.Id == Round), $"The “round” of “{Id}” does not exist.")
            .That(Measure is null || MeasureName().IsMatch(Measure), $"The “measure” of “{Id}” is two words with a dot between them.");
        switch (Kind)
        {
            case CaptureKind.Text:
                check.That(Limit is >= 20 and <= LongestText, $"The “max” of “{Id}” is from 20 to {LongestText} characters.");
                break;
            case CaptureKind.Tags:
                check.That(Limit is >= 1 and <= MostTags, $"The “max” of “{Id}” is from 1 to {MostTags} tags.")
                    .That(Suggestions.Length <= 20 && Suggestions.All(s => Tag.Clean(s) is { Length: > 0 and <= LongestTag } clean && clean == s), $"The “suggestions” of “{Id}” are up to 20 tags of up to {LongestTag} characters.");
                break;
            case CaptureKind.Scores or CaptureKind.Scale:
                if (Kind == CaptureKind.Scores)
                    check.Items("items", Items, 1, MostItems).That(Items.All(i => i?.Id is { } id && GroupWorkSettings.IsSlug(id)), $"The ids of the “items” of “{Id}” are slugs.");
                check.That(MaxValue > Min && MaxValue - (long)Min < MostSteps, $"“{Id}” needs a “maxValue” above “min”, at most {MostSteps} steps in all.");
                break;
        }
    }

    [GeneratedRegex(@"^[a-z-]+\.[a-z-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MeasureName();
}

/// <summary>Words that are counted: the same whatever the capitals and the spaces between them.</summary>
public static class Tag
{
    private static readonly char[] Between = [',', ';', '\n'];

    public static string Clean(string? text) => string.Join(' ', Fields.Clean(text).Split(Between).SelectMany(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>What somebody typed with commas or lines between.</summary>
    public static IEnumerable<string> Split(string text) => text.Split(Between).Select(Clean).Where(tag => tag.Length > 0);

    public static string Key(string tag) => tag.ToLowerInvariant();
}

/// <summary>Reads a role's count: 1, or the word “rest”.</summary>
internal sealed class RestConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out var count) && count == 1 => false,
        JsonTokenType.String when reader.GetString() == "rest" => true,
        _ => throw new JsonException("The “count” of a role is 1 or \"rest\"."),
    };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options)
    {
        if (value)
            writer.WriteStringValue("rest");
        else
            writer.WriteRawValue(1.ToString(CultureInfo.InvariantCulture));
    }
}
