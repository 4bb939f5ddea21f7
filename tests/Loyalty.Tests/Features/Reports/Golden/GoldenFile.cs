using System.Runtime.CompilerServices;

namespace Loyalty.Tests.Features.Reports.Golden;

/// <summary>A file that is checked in beside the tests and says what must come out.</summary>
internal static class GoldenFile
{
    /// <summary>Set to 1, the tests write the files instead of comparing them. What changed is then read as a diff.</summary>
    private const string WriteVariable = "LOYALTY_WRITE_GOLDEN";

    public static void Matches(string name, IEnumerable<string> lines, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, name);
        var actual = lines.SelectMany(line => line.Split('\n')).Select(line => line.TrimEnd()).ToList();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(path, string.Join('\n', actual) + "\n");
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n').Split('\n') : [];
        for (var i = 0; i < Math.Max(expected.Length, actual.Count); i++)
        {
            var (was, now) = (expected.ElementAtOrDefault(i), actual.ElementAtOrDefault(i));
            if (was != now)
                Assert.Fail($"{name}, line {i + 1}:\n  expected: {was ?? "(the end)"}\n  actual:   {now ?? "(the end)"}\nIf this is meant, run the test with {WriteVariable}=1 and look at the difference before it is committed.");
        }
    }
}
