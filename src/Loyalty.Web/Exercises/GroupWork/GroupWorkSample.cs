using Loyalty.Engine.Exercises;
using Loyalty.Engine.Groups;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Web.Exercises.GroupWork;

/// <summary>Groups that play a scene twice; whoever observes or was the customer scores it, and the second time it goes better.</summary>
internal sealed class GroupWorkSample : ExerciseSample
{
    private static readonly string[] Stories =
    [
        "I asked for a room with a quiet window. “We have what we have,” she said, and went on typing. I slept badly and have never been back.",
        "Forty minutes on hold, and then: “That is not my department.” He sounded pleased to be rid of me.",
        "The waiter sighed when I asked whether the soup had cream in it. I paid and left before the main course.",
        "“Did you even read the instructions?” In front of the whole shop. I bought the same thing elsewhere, for more.",
        "At the garage nobody looked up for five minutes. When I said good morning, one of them pointed at a sign.",
        "I came to collect a parcel with my father's name on it. “Rules are rules.” He did not even look at the letter.",
        "She explained the form to me a second time, slower and louder, as if I were a child.",
        "The doctor's receptionist rolled her eyes at my question. I changed the practice.",
        "I told them that the delivery was wrong for the third time. “Then write it down properly,” he said.",
        "Two of them talked about their weekend while I held my card out. They never stopped.",
    ];

    private static readonly string[] OwnTags = ["asked about her mother", "patience", "no script", "called back the same day", "eye contact", "gave her own number", "humour", "said sorry first"];

    public override string Settings =>
        """
        {
          "groups": { "min": 3, "max": 5, "mode": "random" },
          "rotate": true,
          "rounds": [
            { "id": "as-it-happened", "label": "Round 1: as it happened", "minutes": 5 },
            { "id": "with-enthusiasm", "label": "Round 2: with enthusiasm", "minutes": 5 }
          ],
          "roles": [
            { "id": "employee", "label": "Employee", "count": 1, "briefs": {
                "as-it-happened": "Treat the customer just as the person in the story did. Do not overdo it.",
                "with-enthusiasm": "You believe in what you offer, and you want this customer to have it. The rules are the same as before." } },
            { "id": "customer", "label": "Customer", "count": 1, "briefs": {
                "as-it-happened": "You need what the person in the story needed. React as you feel.",
                "with-enthusiasm": "You arrive with the same need. Let yourself be won over only if you are." } },
            { "id": "observer", "label": "Observer", "hint": "Watch the employee and say nothing. Score what you see and hear.", "count": "rest" }
          ],
          "captures": [
            { "id": "behaviour", "role": "observer", "kind": "scores", "label": "What did you see and hear?", "measure": "role-play.behaviour",
              "min": 1, "maxValue": 5, "lowLabel": "Not at all", "highLabel": "Fully",
              "items": [
                { "id": "greeting", "label": "Greeting and eye contact", "hint": "The customer was noticed at once." },
                { "id": "tone", "label": "Tone", "hint": "The voice said: I am glad you are here." },
                { "id": "listening", "label": "Listening", "hint": "Let the customer finish, and answered what was asked." },
                { "id": "effort", "label": "Effort to help", "hint": "Looked for a way rather than for a reason why not." },
                { "id": "ending", "label": "Close", "hint": "The customer left knowing what happens next." }
              ] },
            { "id": "felt", "role": "customer", "kind": "scale", "label": "How did it feel to be this customer?", "measure": "role-play.felt",
              "min": 1, "maxValue": 5, "lowLabel": "Unwelcome", "highLabel": "Glad I came" }
          ]
        }
        """;

    public override Fields? Next(Random random, RulesContext context, ExerciseState state, AuthorKey author)
    {
        var settings = ExerciseSettings.Of<GroupWorkSettings>(context.Activity);
        var now = (GroupWorkState)state;
        if (author.IsFacilitator)
            return Lead(settings, now, context);
        if (settings.RoundOf(now.Part) is not { } round || now.Given.GetValueOrDefault(author)?.ContainsKey(round.Id) == true)
            return null;

        var role = RoleOf(settings, now, context, author);
        var fields = settings.CapturesIn(round)
            .Where(capture => capture.Role is null || capture.Role == role?.Id)
            .SelectMany(capture => Give(random, now, round, capture))
            .ToList();
        return fields.Count == 0 ? null : Fields.Of([("do", "answer"), .. fields]);
    }

    private static Fields? Lead(GroupWorkSettings settings, GroupWorkState state, RulesContext context) =>
        state.Current.IsEmpty ? Fields.Of(("do", "form"), ("mode", GroupWorkLead.WordOf(settings.Plan.Mode)))
        : state.Part < settings.Rounds.Length ? new GroupWorkRules().Step(context, state, forward: true)
        : null;

    /// <summary>Where it cannot be known, as behind a slot, one out of four seats that stays the same.</summary>
    private static WorkRole? RoleOf(GroupWorkSettings settings, GroupWorkState state, RulesContext context, AuthorKey author)
    {
        Group? group = author.Participant is { } participant ? state.Current.Seat(context.Workshop.People()).Of(participant) : null;
        return group is not null
            ? settings.RoleOn(group.SeatOf(author.Participant!.Value), group.Members.Length, state.Part - 1)
            : settings.RoleOn(author.Id.ToByteArray()[15] % settings.Plan.Size, settings.Plan.Size, state.Part - 1);
    }

    private static IEnumerable<(string Name, string Value)> Give(Random random, GroupWorkState state, WorkRound round, Capture capture)
    {
        switch (capture.Kind)
        {
            case CaptureKind.Text:
                var story = Stories[random.Next(Stories.Length)];
                yield return (GroupWorkForm.FieldOf(round, capture), story.Length <= capture.Limit ? story : story[..capture.Limit]);
                if (capture.Consent && random.Next(3) > 0)
                    yield return (GroupWorkForm.QuotableOf(round, capture), "on");
                break;
            case CaptureKind.Tags:
                var ticked = capture.Suggestions.Where((_, place) => random.Next(place + 3) < 2).Take(Math.Min(3, capture.Limit)).ToList();
                foreach (var tag in ticked)
                    yield return (GroupWorkForm.FieldOf(round, capture), tag);
                if (ticked.Count < capture.Limit)
                    yield return (GroupWorkForm.OwnTagsOf(round, capture), OwnTags[random.Next(OwnTags.Length)]);
                break;
            case CaptureKind.Scale or CaptureKind.Scores:
                // Bad at first; each round goes better, some behaviours more than others.
                foreach (var (place, item) in capture.Scored.Index())
                {
                    var span = capture.MaxValue - capture.Min;
                    var share = 0.12 + ((0.45 - (place * 0.05)) * (state.Part - 1)) + (random.NextDouble() * 0.4);
                    yield return (GroupWorkForm.FieldOf(round, capture, item), (capture.Min + (int)Math.Round(Math.Clamp(share, 0, 1) * span)).ToString(System.Globalization.CultureInfo.InvariantCulture));
                }

                break;
        }
    }
}
