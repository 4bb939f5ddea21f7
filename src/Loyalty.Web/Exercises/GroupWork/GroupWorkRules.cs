using System.Collections.Immutable;
using System.Globalization;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;

namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>
/// People in small groups, with roles, in rounds with a countdown. Whoever has a role that captures something, such as a scribe or an
/// observer, gives it on the phone. That somebody has the role is not checked: roles are swapped in the room without a word, and in
/// an anonymous activity nobody knows who a slot is.
/// </summary>
public sealed class GroupWorkRules : ExerciseRules<GroupWorkSettings, GroupWorkInput, GroupWorkState, GroupWorkTally>
{
    /// <summary>Where the phone view lists the members of one's group.</summary>
    public const string MemberSlot = "member";

    /// <summary>The status of one's own line among the members.</summary>
    public const string You = "you";

    public const string TagMeasure = "group-work.tag";

    /// <inheritdoc/>
    public override string Type => "group-work";

    /// <inheritdoc/>
    protected override void Check(GroupWorkSettings settings, SettingsCheck check) => settings.CheckInto(check);

    /// <inheritdoc/>
    protected override GroupWorkState Start(GroupWorkSettings settings) => GroupWorkState.Empty;

    /// <inheritdoc/>
    public override ExerciseState BeforeReveal(Activity activity, ExerciseState state) => ((GroupWorkState)state).WithoutAnswers;

    /// <inheritdoc/>
    public override int PartOf(ExerciseState state) => ((GroupWorkState)state).Changes;

    /// <inheritdoc/>
    public override TimeSpan? TimerAfter(RulesContext context, ExerciseState before, ExerciseState after)
    {
        var part = ((GroupWorkState)after).Part;
        return part != ((GroupWorkState)before).Part && Settings(context.Activity).RoundOf(part) is { } round ? TimeSpan.FromMinutes(round.Minutes) : null;
    }

    /// <inheritdoc/>
    public override Fields? Step(RulesContext context, ExerciseState state, bool forward)
    {
        // Afterwards the agenda goes on: a round is not begun once nobody can give anything.
        if (context.Phase != Phase.Open)
            return null;
        var now = (GroupWorkState)state;
        if (forward && now.Current.IsEmpty && !context.Workshop.People().IsEmpty)
            return Fields.Of(("do", "form"));
        var to = now.Part + (forward ? 1 : -1);
        return to >= 0 && to <= Settings(context.Activity).Rounds.Length
            ? Fields.Of(("do", "go"), ("part", to.ToString(CultureInfo.InvariantCulture)))
            : null;
    }

    /// <inheritdoc/>
    public override OwnAnswer Given(RulesContext context, ExerciseState state, ParticipantId participant, AuthorKey? author = null)
    {
        var now = (GroupWorkState)state;
        if (now.Current.IsEmpty)
            return OwnAnswer.None;
        if (now.Current.Seat(context.Workshop.People()).Of(participant) is not { } group)
            return OwnAnswer.Of([("_seat", "none")]);

        var settings = Settings(context.Activity);
        var members = group.Members.Take(GroupWorkSettings.LargestGroup).Index().Select(m => new PhoneItem(
            $"member-{m.Index}", MemberSlot, m.Item.Name, By: RoleOn(m.Index)?.Label, Status: m.Item.Id == participant ? You : ""));
        var role = RoleOn(group.SeatOf(participant));
        return OwnAnswer.Of([("_group", group.Number.ToString(CultureInfo.InvariantCulture)), ("_role", role?.Id ?? ""), ("_seat", "taken")]) with { Items = [.. members] };

        WorkRole? RoleOn(int seat) => settings.RoleOn(seat, group.Members.Length, Math.Max(0, now.Part - 1));
    }

    /// <inheritdoc/>
    public override ImmutableArray<Grouping> Groupings(ExerciseState state) => ((GroupWorkState)state).Groupings;

    /// <summary>The tags if any were noted, the most frequent first; else the texts.</summary>
    public override ImmutableArray<Item> Items(RulesContext context, ExerciseState state)
    {
        var tally = Tally(context, Settings(context.Activity), (GroupWorkState)state);
        var tags = tally.Captures.SelectMany(c => c.Tags).Where(tag => !tag.Hidden).OrderByDescending(tag => tag.Count).Select(tag => new Item(tag.Id, tag.Text)).ToImmutableArray();
        return tags.IsEmpty ? [.. tally.Captures.SelectMany(c => c.Lines).Where(line => !line.Hidden).Select(line => new Item(line.Id, line.Text))] : tags;
    }

    /// <inheritdoc/>
    protected override GroupWorkInput? Read(RulesContext context, GroupWorkSettings settings, GroupWorkState state, EntryKey key, AuthorKey author, FieldReader reader) =>
        author.IsFacilitator ? GroupWorkLead.Read(context, settings, state, key, reader) : Read(settings, state, author, reader);

    /// <inheritdoc/>
    protected override GroupWorkInput? Read(GroupWorkSettings settings, GroupWorkState state, AuthorKey author, FieldReader reader)
    {
        if (reader.Fields.First("do") == "answer")
            return GroupWorkForm.Read(settings, state, author, reader);
        reader.Refuse("not-allowed");
        return null;
    }

    /// <inheritdoc/>
    protected override GroupWorkState Apply(GroupWorkSettings settings, GroupWorkState state, EntryKey key, AuthorKey author, GroupWorkInput input, FieldReader reader) => input switch
    {
        GroupWorkInput.Answer answer => state.Take(author, answer),
        GroupWorkInput.Form form => state.Form(new Grouping(form.Groups, [.. form.Away]), form.Repeats),
        GroupWorkInput.Arrange arrange => state.Arrange(new Grouping(arrange.Groups, [.. arrange.Away])),
        GroupWorkInput.Go go => (go.Groups is { } groups ? state.Arrange(state.Current with { Groups = groups }) : state).Go(go.Part),
        GroupWorkInput.Hide hide => state with { Hidden = hide.Hidden ? state.Hidden.Add(hide.Item) : state.Hidden.Remove(hide.Item) },
        _ => throw new InvalidOperationException($"Group work has no rule for {input.GetType().Name}."),
    };

    /// <inheritdoc/>
    protected override OwnAnswer Own(GroupWorkSettings settings, GroupWorkState state, AuthorKey author) => OwnAnswer.Of(GroupWorkForm.Write(settings, state, author));

    /// <inheritdoc/>
    public override bool HasAnswered(RulesContext context, ExerciseState state, AuthorKey author) => ((GroupWorkState)state).Given.ContainsKey(author);

    /// <inheritdoc/>
    protected override GroupWorkTally Tally(RulesContext context, GroupWorkSettings settings, GroupWorkState state)
    {
        var seating = state.Current.Seat(context.Workshop.People());
        return new GroupWorkTally(state.Respondents, [.. settings.Captures.Select(capture => new CaptureTally(
            capture,
            capture.Kind == CaptureKind.Text ? [.. Lines(settings, state, capture, seating)] : [],
            capture.Kind == CaptureKind.Tags ? Tags(settings, state, capture) : [],
            [.. capture.Scored.Select(item => new WorkScore(item, [.. settings.RoundsOf(capture).Select(round => Mean(state, round, capture, item, context.SmallestShown))]))]))]);
    }

    private static IEnumerable<WorkLine> Lines(GroupWorkSettings settings, GroupWorkState state, Capture capture, Seating seating)
    {
        foreach (var round in settings.RoundsOf(capture))
        {
            var scale = settings.CapturesIn(round).FirstOrDefault(c => c.Kind == CaptureKind.Scale && (c.Role is null || c.Role == capture.Role));
            var lines = state.Given.Keys
                .Select(author => (Author: author, Text: state.Of(author, round.Id, capture.Id)))
                .Where(given => given.Text?.Text is not null)
                .Select(given => (given.Author, Text: given.Text!, Id: WorkIds.OfText(given.Author, round.Id, capture.Id)))
                .Select(given => new WorkLine(
                    given.Id,
                    given.Author,
                    round,
                    given.Author.Participant is { } participant ? seating.Of(participant)?.Number : null,
                    given.Text.Text!,
                    given.Text.Quotable,
                    scale is null ? null : state.ScoreOf(given.Author, round.Id, scale.Id, scale.Id),
                    state.Hidden.Contains(given.Id)));
            foreach (var line in lines.OrderBy(line => line.Group ?? int.MaxValue).ThenBy(line => line.Id, StringComparer.Ordinal))
                yield return line;
        }
    }

    private static ImmutableArray<WorkTag> Tags(GroupWorkSettings settings, GroupWorkState state, Capture capture) =>
    [
        .. settings.RoundsOf(capture)
            .SelectMany(round => state.Given.Keys.SelectMany(author => state.Of(author, round.Id, capture.Id)?.Tags ?? []))
            .GroupBy(Tag.Key, StringComparer.Ordinal)
            // Of several spellings the one that most chose, and of two such always the same.
            .Select(spellings => (Id: WorkIds.OfTag(capture.Id, spellings.Key), Text: spellings.CountBy(s => s).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).First().Key, Count: spellings.Count()))
            .Select(tag => new WorkTag(tag.Id, tag.Text, tag.Count, state.Hidden.Contains(tag.Id)))
            .OrderByDescending(tag => tag.Count)
            .ThenBy(tag => tag.Text, StringComparer.Ordinal),
    ];

    private static WorkMean Mean(GroupWorkState state, WorkRound round, Capture capture, Item item, int smallest)
    {
        var scores = state.Given.Keys.Select(author => state.ScoreOf(author, round.Id, capture.Id, item.Id)).OfType<int>().ToList();
        return new WorkMean(round, scores.Count, scores.Count < smallest ? null : scores.Average());
    }

    /// <summary>
    /// Every number of a capture that names a measure: the subject is the round, the item what was scored. And 1 for every tag that is not
    /// hidden, its item the tag, so that whoever goes on working with the tags knows how often each was written.
    /// </summary>
    protected override IEnumerable<Measure> Measures(RulesContext context, GroupWorkSettings settings, GroupWorkState state) =>
        from author in InStableOrder(state)
        from round in settings.Rounds
        from capture in settings.CapturesIn(round)
        let captured = state.Of(author, round.Id, capture.Id)
        where captured is not null
        from measure in Scores(author, round, capture, captured).Concat(Tags(state, author, round, capture, captured))
        select measure;

    private static IEnumerable<Measure> Scores(AuthorKey author, WorkRound round, Capture capture, Captured captured) =>
        capture is { IsScored: true, Measure: { } name }
            ? (captured.Scores ?? ImmutableSortedDictionary<string, int>.Empty).Select(score => new Measure(author, name, round.Id, score.Key, score.Value))
            : [];

    private static IEnumerable<Measure> Tags(GroupWorkState state, AuthorKey author, WorkRound round, Capture capture, Captured captured) =>
        (captured.Tags ?? [])
            .Select(tag => WorkIds.OfTag(capture.Id, tag))
            .Where(id => !state.Hidden.Contains(id))
            .Select(id => new Measure(author, TagMeasure, round.Id, id, 1));

    /// <summary>One line a text, a tag, a number. A text that its author did not release to be quoted leaves without the words; what is hidden does not leave.</summary>
    protected override IEnumerable<ExportRow> Export(RulesContext context, GroupWorkSettings settings, GroupWorkState state) =>
        from author in InStableOrder(state)
        from round in settings.Rounds
        from capture in settings.CapturesIn(round)
        let captured = state.Of(author, round.Id, capture.Id)
        where captured is not null
        from row in Rows(state, author, round, capture, captured)
        select row;

    private static IEnumerable<ExportRow> Rows(GroupWorkState state, AuthorKey author, WorkRound round, Capture capture, Captured captured)
    {
        if (captured.Text is { } text && !state.Hidden.Contains(WorkIds.OfText(author, round.Id, capture.Id)))
        {
            var withheld = capture.Consent && !captured.Quotable;
            yield return new ExportRow(author, round.Id, withheld ? capture.Id + "-withheld" : capture.Id, withheld ? "" : text, IsWords: true);
        }

        foreach (var tag in (captured.Tags ?? []).Where(tag => !state.Hidden.Contains(WorkIds.OfTag(capture.Id, tag))))
            yield return new ExportRow(author, round.Id, capture.Id, tag);
        foreach (var (item, score) in captured.Scores ?? ImmutableSortedDictionary<string, int>.Empty)
            yield return new ExportRow(author, round.Id, item, score.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<AuthorKey> InStableOrder(GroupWorkState state) => state.Given.Keys.OrderBy(author => author.Kind).ThenBy(author => author.Id);
}
