using System.Text.Json;
using Loyalty.Engine.Exercises;
using Loyalty.Web.Exercises.Contract;

namespace Loyalty.Tests.Exercises;

/// <summary>Whoever asks to be forgotten takes their words out of every type of exercise, and the exercise still opens. A new type is tested by being there.</summary>
public sealed class ForgettingTests
{
    private static readonly ExerciseCatalogue Catalogue = ExerciseCatalogue.Discover();

    public static TheoryData<string> Types => [.. Catalogue.All.Where(t => t.Rules.TakesAnswers).Select(t => t.Name)];

    [Theory, MemberData(nameof(Types))]
    public void Entries_without_their_words_replay_and_measure_the_same(string type)
    {
        var room = new SampleRoom(Catalogue.Of(type)).Fill(12);
        var isChoice = ChoicesOf(room);

        var state = room.Entries.Aggregate(room.Start, (state, e) =>
            room.Rules.Replay(room.Context, state, e.Key, e.Author, room.Rules.Forget(e.Json, e.SchemaVersion, isChoice), room.Rules.SchemaVersion));

        Assert.Equal(room.State.Respondents, state.Respondents);
        Assert.Equal(room.Rules.Measures(room.Context, room.State), room.Rules.Measures(room.Context, state));
    }

    [Theory, MemberData(nameof(Types))]
    public void Nothing_of_what_could_not_be_chosen_is_left(string type)
    {
        var room = new SampleRoom(Catalogue.Of(type)).Fill(12);
        var isChoice = ChoicesOf(room);

        foreach (var entry in room.Entries)
        {
            foreach (var text in Texts(JsonDocument.Parse(room.Rules.Forget(entry.Json, entry.SchemaVersion, isChoice)).RootElement))
                Assert.False(text.Contains(' ', StringComparison.Ordinal) && !isChoice(text), $"{type} keeps “{text}”.");
        }
    }

    private static Func<string, bool> ChoicesOf(SampleRoom room)
    {
        var settings = Texts(room.Activity.Settings).ToHashSet(StringComparer.Ordinal);
        return settings.Contains;
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        _ => [],
    };
}
