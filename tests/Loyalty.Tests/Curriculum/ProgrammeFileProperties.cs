using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Tests.Exercises;

namespace Loyalty.Tests.Curriculum;

/// <summary>What holds for any programme and for any file, however it came about.</summary>
public sealed class ProgrammeFileProperties
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes(ProgrammeFile.Write(Programmes.OfEveryType));

    // Names that programme files know, brackets, and what breaks parsers: so that mutations get past the first character.
    private static readonly string[] Shrapnel =
        ["{", "}", "[", "]", "\"", ",", ":", "\n", "\\u0000", "\\ud800", "null", "1e999", "-0", "\"settings\":", "\"id\":\"\"", "\"type\":\"board\"", "\u202e", "\0", "//", "<script>"];

    private static Gen<string> Words => Gen.OneOf(
        ArbMap.Default.ArbFor<string?>().Generator.Select(s => s ?? ""),
        Gen.Elements(HostileInput.Values.Where(v => v.Length <= Programme.MaxTitle)));

    [Fact]
    public void Any_programme_comes_back_as_it_went_out() => Prop.ForAll(AnyProgramme().ToArbitrary(), programme =>
    {
        var clean = ProgrammeFile.Clean(programme);
        var file = ProgrammeFile.Write(clean);
        return ProgrammeFile.Write(ProgrammeFileTests.Taken(file)) == file;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Mutated_file_is_read_or_refused_with_a_line_and_never_throws() => Prop.ForAll(Mutated().ToArbitrary(), file =>
    {
        var lines = file.Count(b => b == '\n') + 1;
        return ProgrammeFile.Read(file, Programmes.Rulebook) switch
        {
            // What is taken can be run, written and read again.
            ProgrammeReading.Taken(var programme) => programme.Activities.All(a => Programmes.Rulebook.Of(a).Check(a).IsEmpty)
                && ProgrammeFile.Read(Encoding.UTF8.GetBytes(ProgrammeFile.Write(programme)), Programmes.Rulebook) is ProgrammeReading.Taken,
            ProgrammeReading.Refused(var problems) => !problems.IsEmpty && problems.All(p => p.Line >= 1 && p.Line <= lines),
            _ => false,
        };
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Bytes_of_any_kind_are_refused() => Prop.ForAll<byte[]>(bytes => ProgrammeFile.Read(bytes, Programmes.Rulebook) is ProgrammeReading.Refused).QuickCheckThrowOnFailure();

    private static Gen<Programme> AnyProgramme() =>
        from title in Words
        from summary in Words
        from start in Gen.Choose(0, 1439)
        from slot in Gen.Choose(1, Programme.MaxSlotMinutes)
        from steps in Gen.NonEmptyListOf(AnyStep())
        select new Programme(
            Named(title), Cut(summary, Programme.MaxSummary), "en", new TimeOnly(start / 60, start % 60), slot,
            [.. steps.Take(12).Select((step, i) => step with { Id = new ActivityId($"step-{i}") })]);

    private static Gen<Activity> AnyStep() =>
        from type in Gen.Elements(Programmes.Catalogue.All.Select(t => t.Name))
        from label in Gen.Elements(Enum.GetValues<Anonymity>())
        from minutes in Gen.Choose(Activity.MinMinutes, Activity.MaxMinutes)
        from words in Gen.ArrayOf(Words, 5)
        from notes in Gen.ListOf(Words)
        let step = Programmes.Step("step", type, minutes)
        select step with
        {
            Title = Named(words[0]),
            Anonymity = Programmes.Rulebook.Of(step).NeedsNames ? Anonymity.Named : label,
            Prompt = Cut(words[1], Programme.MaxText),
            Help = Cut(words[2], Programme.MaxText),
            Debrief = Cut(words[3], Programme.MaxText),
            Notes = new SpeakerNotes(Cut(words[4], Programme.MaxNote), [.. notes.Take(Programme.MaxNotes)], [], [.. notes.Take(2)], words[0]),
        };

    private static Gen<byte[]> Mutated() =>
        from cuts in Gen.NonEmptyListOf(Gen.Zip(Gen.Choose(0, Good.Length - 1), Gen.Choose(0, 200)))
        from pieces in Gen.ListOf(Gen.OneOf(Gen.Elements(Shrapnel), Words))
        select Spoil(cuts.Take(4).ToImmutableArray(), [.. pieces]);

    private static byte[] Spoil(ImmutableArray<(int At, int Length)> cuts, ImmutableArray<string> pieces)
    {
        var bytes = Good;
        foreach (var ((at, length), i) in cuts.Select((cut, i) => (cut, i)))
        {
            var from = Math.Min(at, bytes.Length);
            var to = Math.Min(from + length, bytes.Length);
            var piece = pieces.IsEmpty ? [] : Encoding.UTF8.GetBytes(pieces[i % pieces.Length]);
            bytes = [.. bytes[..from], .. piece, .. bytes[to..]];
        }

        return bytes;
    }

    private static string Named(string words) => Cut("x" + words, Programme.MaxTitle);

    private static string Cut(string words, int length) => words.Length > length ? words[..length] : words;
}
