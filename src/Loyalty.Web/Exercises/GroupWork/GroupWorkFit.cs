using System.Collections.Immutable;

namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>How groups fit on the room display. Computed, not measured: the page is rendered on the server.</summary>
/// <param name="Scale">Size of the names in em of the display, at least 1: what is legible from the back row.</param>
/// <param name="Shown">How many groups fit.</param>
public sealed record GroupsFit(double Scale, int Columns, int Shown)
{
    private const double Width = 65;
    private const double Height = 27.5;
    private const double Gap = 0.7;
    private const double Heading = 1.3;
    private const double Line = 1.3;
    private const double Padding = 1;

    // The prompt stands above in 1.35 times the size, 40 of its own em wide at most.
    private const double PromptCharacters = 88;
    private const double PromptLine = 1.62;

    // Of a name; longer ones end in dots when there are many groups.
    private const double CharacterWidth = 0.47;
    private const double Sides = 1.4;
    private const double WidestName = 12;
    private const double NarrowestName = 6.9;

    private static readonly double[] Scales = [2, 1.7, 1.4, 1.2, 1];

    /// <param name="prompt">The question that stands above the groups.</param>
    /// <param name="sizes">The number of members of each group.</param>
    /// <param name="longestName">In characters.</param>
    public static GroupsFit Of(string prompt, ImmutableArray<int> sizes, int longestName)
    {
        var height = Height - (Math.Max(1, Math.Ceiling(prompt.Length / PromptCharacters)) * PromptLine);
        var name = Math.Clamp(longestName * CharacterWidth, NarrowestName, WidestName);
        foreach (var scale in Scales)
        {
            var fit = At(scale, height, name, sizes);
            if (fit.Shown == sizes.Length)
                return fit;
        }

        return At(1, height, NarrowestName, sizes);
    }

    private static GroupsFit At(double scale, double height, double name, ImmutableArray<int> sizes)
    {
        var columns = Math.Max(1, (int)Math.Floor((Width + Gap) / (((name + Sides) * scale) + Gap)));
        var shown = 0;
        var used = 0.0;
        var rows = 0;
        // A row is as high as its largest group; the first one is shown in any case.
        foreach (var row in sizes.Chunk(columns))
        {
            used += ((Heading + (row.Max() * Line) + Padding) * scale) + (rows > 0 ? Gap : 0);
            if (rows > 0 && used > height)
                break;
            shown += row.Length;
            rows++;
        }

        // As even as can be: five groups in two rows are three and two, not four and one.
        return new GroupsFit(scale, rows == 0 ? 1 : (shown + rows - 1) / rows, used > height && rows == 1 && scale > 1 ? 0 : shown);
    }
}

/// <summary>A cloud of tags on the room display.</summary>
/// <param name="Sizes">The size of each tag that fits, in em of the display.</param>
public sealed record CloudFit(ImmutableArray<double> Sizes)
{
    private const double Width = 62;
    private const double Height = 26;
    private const double CharacterWidth = 0.52;
    private const double Aside = 2.2;

    /// <param name="tags">The most frequent first.</param>
    public static CloudFit Of(ImmutableArray<WorkTag> tags)
    {
        foreach (var largest in new[] { 4.5, 3.8, 3.2, 2.6, 2.1 })
        {
            var sizes = Sized(tags, largest);
            if (Fitting(tags, sizes) == tags.Length)
                return new CloudFit(sizes);
        }

        var smallest = Sized(tags, 1.8);
        return new CloudFit(smallest[..Fitting(tags, smallest)]);
    }

    /// <summary>The area of a word grows with its count; nothing is smaller than the display's own size.</summary>
    private static ImmutableArray<double> Sized(ImmutableArray<WorkTag> tags, double largest)
    {
        var most = tags.Select(tag => tag.Count).DefaultIfEmpty(1).Max();
        return [.. tags.Select(tag => Math.Max(1.1, largest * Math.Sqrt((double)tag.Count / most)))];
    }

    private static int Fitting(ImmutableArray<WorkTag> tags, ImmutableArray<double> sizes)
    {
        var (used, line, right) = (0.0, 0.0, 0.0);
        for (var i = 0; i < tags.Length; i++)
        {
            var width = ((tags[i].Text.Length * CharacterWidth) + Aside) * sizes[i];
            if (right > 0 && right + width > Width)
                (used, line, right) = (used + line, 0, 0);
            right += width;
            line = Math.Max(line, sizes[i] * 1.35);
            if (used + line > Height)
                return i;
        }

        return tags.Length;
    }
}
