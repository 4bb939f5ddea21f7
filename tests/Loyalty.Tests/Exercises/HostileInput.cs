using Loyalty.Engine.Exercises;

namespace Loyalty.Tests.Exercises;

/// <summary>What arrives when somebody plays with the form, or when a form goes wrong.</summary>
internal static class HostileInput
{
    public static IEnumerable<string> Values =>
    [
        "",
        " ",
        new('a', 10_000),
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'); DROP TABLE Entries; --",
        "\u202Egnirts\u2066desrever",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "a\u0000b\u0007c\uD800d",
        "=HYPERLINK(\"http://example.org\")",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "-1",
        "11",
        "999999999999999999999999",
        "1e3",
        "0x10",
        "١٢",
        "NaN",
        "3,5",
        "null",
        "true",
        "{\"kind\":\"spotlight\"}",
        "__proto__",
        "00000000-0000-0000-0000-000000000000",
        "e2b3f3a0-0000-4000-8000-00000000beef",
        "../../etc/passwd",
        "2027-02-30",
    ];

    /// <summary>Spoils one well-formed input in many ways: one field replaced, doubled or missing, or everything nonsense.</summary>
    public static IEnumerable<Fields> Spoil(Fields good)
    {
        yield return Fields.None;
        yield return Fields.Of(("do", "no-such-thing"));
        yield return Fields.Of(("unexpected", "field"), ("do", "answer"));
        foreach (var name in good.Names)
        {
            yield return With(good, name);
            foreach (var value in Values)
            {
                yield return With(good, name, value);
                yield return With(good, name, value, good.First(name) ?? "");
            }
        }

        foreach (var value in Values)
            yield return Everything(good, value);
    }

    private static Fields Everything(Fields good, string value) =>
        Fields.Of(good.Names.Select(n => (n, n == "do" ? good.First(n) ?? "" : value)));

    private static Fields With(Fields good, string name, params string[] values) =>
        Fields.Of(good.Names.Where(n => n != name).SelectMany(n => good.All(n).Select(v => (n, v))).Concat(values.Select(v => (name, v))));
}
