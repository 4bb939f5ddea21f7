using System.Collections.Immutable;

namespace Loyalty.Engine.Plans;

/// <summary>Words of one language by which a commitment is judged. They come with the texts of that language.</summary>
/// <param name="Others">What a sentence begins with that is about somebody else, such as “they” or “management”.</param>
/// <param name="Vague">Words that promise without saying what, such as “better” or “try”.</param>
public sealed record PlanWords(ImmutableArray<string> Others, ImmutableArray<string> Vague)
{
    /// <summary>Reads two lists as they stand in the texts: words or phrases separated by semicolons.</summary>
    public static PlanWords Parse(string others, string vague) => new(Split(others), Split(vague));

    private static ImmutableArray<string> Split(string list) =>
        [.. list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}

/// <summary>
/// Plain-language checks of a commitment: specific, dated, with a first step, about oneself. Advice only; nothing is ever refused because of it.
/// The phone gives the same advice while somebody writes, by the same rules (<c>action-plan.phone.ts</c>).
/// </summary>
public static class PlanAdvice
{
    /// <summary>It says too little, or only that something is to be better.</summary>
    public const string Specific = "specific";

    /// <summary>It begins with what somebody else should do.</summary>
    public const string Others = "others";

    /// <summary>It has no date.</summary>
    public const string Date = "date";

    /// <summary>It has no first step.</summary>
    public const string FirstStep = "first-step";

    /// <summary>Fewer words than this cannot say what is done, and to whom.</summary>
    public const int FewestWords = 4;

    /// <summary>Every code, in the order in which advice is given.</summary>
    public static ImmutableArray<string> Codes { get; } = [Specific, Others, Date, FirstStep];

    /// <summary>The codes of what could be said about a commitment, in the order of <see cref="Codes"/>; empty if it is sound, or if nothing is said yet.</summary>
    public static ImmutableArray<string> Of(Commitment commitment, PlanWords words)
    {
        if (commitment.What.Length == 0)
            return [];

        var said = Words(commitment.What);
        var advice = ImmutableArray.CreateBuilder<string>();
        // A vague word does no harm once the situation says when and with whom.
        if (said.Count(char.IsWhiteSpace) - 1 < FewestWords || (commitment.Situation.Length == 0 && words.Vague.Any(vague => Has(said, vague))))
            advice.Add(Specific);
        if (words.Others.Any(others => said.StartsWith($" {Words(others).Trim()} ", StringComparison.Ordinal)))
            advice.Add(Others);
        if (commitment.By is null)
            advice.Add(Date);
        if (commitment.FirstStep.Length == 0)
            advice.Add(FirstStep);
        return advice.ToImmutable();
    }

    private static bool Has(string said, string phrase) => said.Contains($" {Words(phrase).Trim()} ", StringComparison.Ordinal);

    /// <summary>Lower-case words with one space before, between and after them; n words have n + 1 spaces.</summary>
    private static string Words(string text)
    {
        var lower = new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c is '\'' or '’' ? c : ' ')]);
        return $" {string.Join(' ', lower.Split(' ', StringSplitOptions.RemoveEmptyEntries))} ";
    }
}
