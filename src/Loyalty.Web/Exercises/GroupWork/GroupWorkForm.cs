using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine.Exercises;

namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>
/// What a phone sends, and how it is filled in again. Every field's name begins with its round, so that what was written in one round
/// and sent in the next stays where it belongs.
/// </summary>
internal static class GroupWorkForm
{
    public static string FieldOf(WorkRound round, Capture capture, string? part = null) => part is null ? $"{round.Id}.{capture.Id}" : $"{round.Id}.{capture.Id}.{part}";

    /// <summary>The field of a number; that of a scale is the capture's own.</summary>
    public static string FieldOf(WorkRound round, Capture capture, Engine.Curriculum.Item item) => FieldOf(round, capture, capture.Kind == CaptureKind.Scale ? null : item.Id);

    public static string QuotableOf(WorkRound round, Capture capture) => FieldOf(round, capture, "quotable");

    public static string OwnTagsOf(WorkRound round, Capture capture) => FieldOf(round, capture, "own");

    /// <summary>Everything in the rounds that the fields name, up to the part that the room has reached.</summary>
    public static GroupWorkInput.Answer Read(GroupWorkSettings settings, GroupWorkState state, AuthorKey author, FieldReader reader)
    {
        var rounds = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedDictionary<string, Captured>>(StringComparer.Ordinal);
        foreach (var round in settings.Rounds.Take(state.Part).Where(round => reader.Fields.Names.Any(name => name.StartsWith(round.Id + ".", StringComparison.Ordinal))))
        {
            var captured = settings.CapturesIn(round).Select(capture => (capture.Id, Given: Read(round, capture, reader))).Where(c => c.Given is not null);
            rounds[round.Id] = captured.ToImmutableSortedDictionary(c => c.Id, c => c.Given!, StringComparer.Ordinal);
        }

        // Taking everything back is something; sending an empty form is not.
        if (reader.Ok && rounds.All(round => round.Value.IsEmpty && state.Given.GetValueOrDefault(author)?.ContainsKey(round.Key) != true))
            reader.Refuse(state.Part == 0 ? "no-round-yet" : "nothing-given");
        return new GroupWorkInput.Answer(rounds.ToImmutable());
    }

    private static Captured? Read(WorkRound round, Capture capture, FieldReader reader)
    {
        switch (capture.Kind)
        {
            case CaptureKind.Text:
                var text = reader.Text(FieldOf(round, capture), capture.Limit);
                return text.Length == 0 ? null : new Captured(text, capture.Consent && reader.Ticked(QuotableOf(round, capture)));
            case CaptureKind.Tags:
                var tags = ReadTags(round, capture, reader);
                return tags.IsEmpty ? null : new Captured(Tags: tags);
            case CaptureKind.Scale or CaptureKind.Scores:
                var scores = capture.Scored
                    .Select(item => (item.Id, Score: reader.Whole(FieldOf(round, capture, item), capture.Min, capture.MaxValue)))
                    .Where(s => s.Score is not null)
                    .ToImmutableSortedDictionary(s => s.Id, s => s.Score!.Value, StringComparer.Ordinal);
                return scores.IsEmpty ? null : new Captured(Scores: scores);
            default:
                throw new InvalidOperationException($"There is no capture of kind {capture.Kind}.");
        }
    }

    private static ImmutableArray<string> ReadTags(WorkRound round, Capture capture, FieldReader reader)
    {
        var field = FieldOf(round, capture);
        var own = OwnTagsOf(round, capture);
        var ticked = reader.Fields.All(field).Where(tag => tag.Length > 0).ToList();
        if (!ticked.All(capture.Suggestions.Contains))
            reader.Refuse("choice", own);

        var typed = Tag.Split(reader.Text(own, Capture.MostTags * (Capture.LongestTag + 2))).ToList();
        if (typed.FirstOrDefault(tag => tag.Length > Capture.LongestTag) is { } longest)
            reader.Refuse("too-long", own, Number(Capture.LongestTag), Number(longest.Length));

        // Somebody who types a suggestion means it.
        var tags = ticked.Concat(typed.Select(tag => capture.Suggestions.FirstOrDefault(s => Tag.Key(s) == Tag.Key(tag)) ?? tag)).DistinctBy(Tag.Key).ToImmutableArray();
        if (tags.Length > capture.Limit)
            reader.Refuse("too-many-tags", own, Number(capture.Limit));
        return tags;
    }

    /// <summary>The reverse of reading.</summary>
    public static IEnumerable<(string Name, string Value)> Write(GroupWorkSettings settings, GroupWorkState state, AuthorKey author) =>
        from round in settings.Rounds
        from capture in settings.CapturesIn(round)
        let captured = state.Of(author, round.Id, capture.Id)
        where captured is not null
        from field in Write(round, capture, captured)
        select field;

    private static IEnumerable<(string Name, string Value)> Write(WorkRound round, Capture capture, Captured captured)
    {
        if (captured.Text is { } text)
            yield return (FieldOf(round, capture), text);
        if (captured.Quotable)
            yield return (QuotableOf(round, capture), "on");
        foreach (var item in capture.Scored)
        {
            if (captured.Scores?.TryGetValue(item.Id, out var score) == true)
                yield return (FieldOf(round, capture, item), Number(score));
        }

        var tags = captured.Tags ?? [];
        foreach (var tag in tags.Where(capture.Suggestions.Contains))
            yield return (FieldOf(round, capture), tag);
        if (string.Join(", ", tags.Where(tag => !capture.Suggestions.Contains(tag))) is { Length: > 0 } own)
            yield return (OwnTagsOf(round, capture), own);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
