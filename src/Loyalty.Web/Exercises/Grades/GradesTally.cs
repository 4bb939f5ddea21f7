using System.Collections.Frozen;
using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Insights;

namespace Loyalty.Web.Exercises.Grades;

/// <summary>The room's report card.</summary>
/// <param name="Rows">In the order in which they are shown, the highest rung first.</param>
public sealed record GradesTally(int Respondents, ImmutableArray<GradeRow> Rows)
{
    // After the last letter comes "can't say".
    private static readonly FrozenDictionary<string, int> Positions =
        GradeScale.All.Select((grade, index) => KeyValuePair.Create(grade.Letter, index)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="smallest">The fewest grades in a cell that may be shown.</param>
    public static GradesTally Of(GradesSettings settings, ImmutableArray<GradesAnswer> answers, int smallest)
    {
        // Counted per letter: exact whatever the order of the answers, and one pass over them.
        var counts = new Dictionary<(string Subject, string Item), int[]>();
        foreach (var answer in answers)
        {
            foreach (var grade in answer.Grades)
            {
                if (!counts.TryGetValue((grade.Subject, grade.Item), out var letters))
                    counts[(grade.Subject, grade.Item)] = letters = new int[GradeScale.All.Length + 1];
                letters[Positions.GetValueOrDefault(grade.Letter, GradeScale.All.Length)]++;
            }
        }

        var items = settings.BottomUp ? settings.Items.Reverse() : settings.Items;
        return new GradesTally(
            answers.Length,
            [
                .. items.Select(item => new GradeRow(item,
                [
                    .. settings.Subjects.Select(subject => GradeCell.Of(subject, counts.GetValueOrDefault((subject.Id, item.Id)), smallest)),
                ])),
            ]);
    }
}

/// <summary>One item with a cell per subject.</summary>
public sealed record GradeRow(Item Item, ImmutableArray<GradeCell> Cells);

/// <summary>What the room gave to one item for one subject.</summary>
/// <param name="IsShown">Whether it may be shown: not while it is empty or too small. If not, it holds no numbers but n.</param>
/// <param name="Numbers">Of grade points; n counts grades only.</param>
/// <param name="Letter">The letter nearest to the mean.</param>
/// <param name="Counts">How often each letter was given, best first.</param>
/// <param name="CantSay">How many said that they could not say.</param>
public sealed record GradeCell(Item Subject, bool IsShown, Descriptives Numbers, Grade? Letter, ImmutableArray<int> Counts, int CantSay)
{
    internal static GradeCell Of(Item subject, int[]? letters, int smallest)
    {
        var scale = GradeScale.All;
        var counts = letters is null ? [] : ImmutableArray.Create(letters, 0, scale.Length);
        var numbers = Descriptives.OfCounts(counts.Select((count, i) => (scale[i].Points, count)));
        var cantSay = letters?[scale.Length] ?? 0;
        return numbers.Mean is { } mean && numbers.Count >= smallest
            ? new GradeCell(subject, true, numbers, GradeScale.Nearest(mean), counts, cantSay)
            : new GradeCell(subject, false, Descriptives.None with { Count = numbers.Count }, null, [], cantSay);
    }
}
