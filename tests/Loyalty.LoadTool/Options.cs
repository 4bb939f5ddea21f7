using System.Globalization;

namespace Loyalty.LoadTool;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        Loads a published server with phones and compares it with a bare SignalR hub. Loopback only.

          dotnet run -c Release --project tests/Loyalty.LoadTool -- --phones 5000 --json FILE

          --phones N         how many (20 to 10000; 5000 if not said)
          --rounds N         how often each of the basic scenarios is repeated (2 to 20; 5 if not said)
          --soak SECONDS     how long the soak lasts (0 to 3600; 30 if not said)
          --json FILE        writes the figures
          --bounds FILE      other bounds than the built-in ones: { "push/p99": { "reach": 1.5, "aim": 1.1, "ratio": true } }
          --scaling          the basics only, with 500, 1000, 2000, 5000 and 10000 phones
          --sizes N,N...     with --scaling: other numbers of phones
          --network          a hall behind a bad network: slow, lossy, dark, forgotten
          --bulk             500 plans as PDF and as ZIP beside a room of 250, and nothing else
          --profile          says afterwards what the server allocated and what collecting it cost; figures are not comparable with those without it
          --compare A B      compares two files, and measures nothing
          --medians A B...   of each figure the median, the smallest and the largest of several files; measures nothing

        Ends with 0 if all bounds are kept, 1 if not, 2 if the run failed.
        """;

    public int Phones { get; private init; } = 5_000;

    public int Rounds { get; private init; } = 5;

    public TimeSpan Soak { get; private init; } = TimeSpan.FromSeconds(30);

    public string? Json { get; private init; }

    public string? Bounds { get; private init; }

    public IReadOnlyList<int> Sizes { get; private init; } = [500, 1_000, 2_000, 5_000, 10_000];

    public bool Scaling { get; private init; }

    public bool Network { get; private init; }

    public bool Bulk { get; private init; }

    public bool Profile { get; private init; }

    public (string Before, string After)? Compare { get; private init; }

    public IReadOnlyList<string> Medians { get; private init; } = [];

    /// <summary>Where the bare hub is to listen: this process is it.</summary>
    public string? BareHub { get; private init; }

    /// <summary>Null if it cannot be understood.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options();
        while (arguments is not [])
        {
            (var next, arguments) = arguments switch
            {
                ["--phones", var n, .. var rest] when Number(n, 20, 10_000) is { } phones => (options with { Phones = phones }, rest),
                ["--rounds", var n, .. var rest] when Number(n, 2, 20) is { } rounds => (options with { Rounds = rounds }, rest),
                ["--soak", var n, .. var rest] when Number(n, 0, 3_600) is { } seconds => (options with { Soak = TimeSpan.FromSeconds(seconds) }, rest),
                ["--json", var file, .. var rest] => (options with { Json = file }, rest),
                ["--bounds", var file, .. var rest] => (options with { Bounds = file }, rest),
                ["--scaling", .. var rest] => (options with { Scaling = true }, rest),
                ["--sizes", var list, .. var rest] when list.Split(',').Select(n => Number(n, 20, 10_000)).ToList() is var sizes && !sizes.Contains(null) => (options with { Sizes = [.. sizes.OfType<int>()] }, rest),
                ["--network", .. var rest] => (options with { Network = true }, rest),
                ["--bulk", .. var rest] => (options with { Bulk = true }, rest),
                ["--profile", .. var rest] => (options with { Profile = true }, rest),
                ["--compare", var before, var after, .. var rest] => (options with { Compare = (before, after) }, rest),
                ["--medians", _, _, ..] => (options with { Medians = arguments[1..] }, []),
                ["--bare-hub", var url, .. var rest] => (options with { BareHub = url }, rest),
                _ => (null, []),
            };
            if (next is null)
                return null;
            options = next;
        }

        return options;
    }

    private static int? Number(string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : null;
}
