using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Loyalty.Engine.Exercises;

namespace Loyalty.Tests.Structure;

/// <summary>Holds the arrows of docs/architecture.md: which folder of the web project may know which.</summary>
public sealed partial class RoomsTests
{
    /// <summary>Every concrete exercise type is a room of its own; this one entry speaks for all of them.</summary>
    private const string AnyType = "Exercises.*";

    /// <summary>Every feature is a room of its own; this one entry speaks for all of them.</summary>
    private const string AnyFeature = "Features.*";

    /// <summary>
    /// Each room and the rooms that it may know besides itself and the engine. A room may always know one that it lies in, never
    /// one that lies in it: <c>Live.Simulation</c> knows <c>Live</c>.
    /// </summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Ui"] = ["Identity"],
        ["Identity"] = [],
        ["Exercises.Contract"] = ["Ui"],
        [AnyType] = ["Exercises.Contract", "Ui"],
        ["Storage"] = ["Identity"],
        ["Live"] = ["Exercises.Contract", "Storage"],
        ["Live.Simulation"] = ["Exercises.Contract"],
        ["Printing"] = [],
        ["Hosting"] = ["Storage"],
        [AnyFeature] = ["Exercises.Contract", "Live", "Storage", "Identity", "Printing", "Ui"],
        ["Features.Rehearsal"] = ["Live.Simulation", "Storage", "Identity", "Ui"],
        ["Features.Programmes"] = ["Exercises.Contract", "Live", "Live.Simulation", "Storage", "Identity", "Ui"],
        ["Demo"] = ["Exercises.Contract", "Live.Simulation", "Storage", "Identity", "Ui"],
    };

    private static readonly string Source = Path.GetFullPath("../../../src", Here());

    private static readonly string Web = Path.Combine(Source, "Loyalty.Web");

    private static readonly (string Room, Regex Name)[] ImportedTypes =
    [
        .. typeof(Loyalty.Web.Exercises.Contract.ExerciseType).Assembly.GetTypes()
            .Where(type => type is { IsNested: false, Namespace: "Loyalty.Web.Identity" or "Loyalty.Web.Ui" } && !type.Name.StartsWith('<'))
            .Select(type => (RoomOf(type.Namespace!.Split('.')[2..]), new Regex($@"\b{type.Name.Split('`')[0]}\b", RegexOptions.None, TimeSpan.FromSeconds(5)))),
    ];

    /// <summary>Folders that hold no code of a room's own.</summary>
    private static readonly string[] NotRooms = ["bin", "obj", "Client", "Properties", "wwwroot"];

    [Fact]
    public void Engine_knows_nothing_but_the_base_class_library()
    {
        var project = File.ReadAllText(Path.Combine(Source, "Loyalty.Engine", "Loyalty.Engine.csproj"));
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("FrameworkReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
    }

    [Fact]
    public void Engine_holds_no_concrete_exercise_type() =>
        Assert.DoesNotContain(typeof(ExerciseRules).Assembly.GetTypes(), t => !t.IsAbstract && t.IsAssignableTo(typeof(ExerciseRules)));

    [Fact]
    public void Room_knows_only_the_rooms_that_its_arrows_allow()
    {
        var wrong = Knowledge().Where(k => !MayKnow(k.Room, k.Known)).Select(k => $"{k.Path} ({k.Room}) knows {k.Known}.");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Arrow_that_nobody_follows_is_not_kept()
    {
        // It would be a door that stands open for no reason; and if the sources were no longer read, every arrow would look like that.
        var followed = Knowledge().Select(k => (From: KeyOf(k.Room), To: k.Known)).ToHashSet();
        var idle = Arrows.SelectMany(a => a.Value.Select(to => (From: a.Key, To: to))).Where(arrow => !followed.Contains(arrow));

        Assert.Empty(idle);
    }

    [Fact]
    public void Every_folder_is_a_room_with_arrows()
    {
        var folders = Directory.EnumerateDirectories(Web).Select(d => Path.GetFileName(d)!).Except(NotRooms, StringComparer.Ordinal);
        var rooms = SourceFiles().Select(f => f.Room).Where(r => r.Length > 0).Distinct(StringComparer.Ordinal);

        Assert.All(folders, folder => Assert.Contains(Arrows.Keys, room => room == folder || room.StartsWith(folder + ".", StringComparison.Ordinal)));
        Assert.All(rooms, room => Assert.True(ArrowsOf(room) is not null, $"{room} has no arrows."));
    }

    [Fact]
    public void Top_of_the_program_is_the_only_place_that_knows_all_rooms()
    {
        // Files beside Program.cs lie in no room and could reach anywhere.
        var top = SourceFiles().Where(f => f.Room.Length == 0).Select(f => f.Path).Order(StringComparer.Ordinal);

        Assert.Equal(["Program.cs", "_Imports.razor"], top);
    }

    [Fact]
    public void Exercise_type_is_named_nowhere_outside_its_folder()
    {
        var types = Directory.EnumerateDirectories(Path.Combine(Web, "Exercises")).Select(d => Path.GetFileName(d)!).Where(t => t != "Contract").ToList();
        Assert.NotEmpty(types);

        var wrong = SourceFiles().SelectMany(file => types
            .Where(type => file.Room != $"Exercises.{type}")
            .Where(type => Regex.IsMatch(file.Text, $@"\bExercises\.{type}\b|\b{type}(?:Type|Rules|Settings|Sample)\b", RegexOptions.None, TimeSpan.FromSeconds(5)))
            .Select(type => $"{file.Path} knows the type {type}."));

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Storage", "Live")]
    [InlineData("Live", "Live.Simulation")]
    [InlineData("Live", "Features.Phone")]
    [InlineData("Features.Console", "Features.Room")]
    [InlineData("Features.Console", "Exercises.Board")]
    [InlineData("Exercises.Board", "Exercises.Scale")]
    [InlineData("Exercises.Contract", "Exercises.Board")]
    [InlineData("Exercises.Board", "Storage")]
    [InlineData("Identity", "Storage")]
    [InlineData("Storage", "Demo")]
    public void Arrow_that_would_spoil_the_house_is_not_allowed(string from, string to) => Assert.False(MayKnow(from, to));

    [Theory]
    [InlineData("Features/Console/Move.cs", "Features.Console")]
    [InlineData("Features/People/Account/Setup.razor", "Features.People")]
    [InlineData("Exercises/Board/BoardRules.cs", "Exercises.Board")]
    [InlineData("Live/Simulation/Rhythm.cs", "Live.Simulation")]
    [InlineData("Live/FanOut.cs", "Live")]
    [InlineData("Program.cs", "")]
    public void File_lies_in_the_room_of_its_folder(string path, string room) => Assert.Equal(room, RoomOf(path.Split('/')[..^1]));

    private static bool MayKnow(string room, string other) =>
        other == room
        || room.StartsWith(other + ".", StringComparison.Ordinal)
        || (ArrowsOf(room)?.Contains(other, StringComparer.Ordinal) ?? false);

    private static string[]? ArrowsOf(string room) => Arrows.GetValueOrDefault(KeyOf(room));

    private static string KeyOf(string room) => room.Split('.') switch
    {
        _ when Arrows.ContainsKey(room) => room,
        ["Exercises", ..] => AnyType,
        ["Features", _] => AnyFeature,
        _ => room,
    };

    private static IEnumerable<(string Path, string Room, string Known)> Knowledge() =>
        SourceFiles()
            .Where(file => file.Room.Length > 0)
            .SelectMany(file => Mentioned(file.Text)
                .Concat(MentionedThroughImports(file.Path, file.Text))
                .Distinct(StringComparer.Ordinal)
                .Where(known => known != file.Room)
                .Select(known => (file.Path, file.Room, known)));

    private static IEnumerable<string> Mentioned(string text) =>
        Mentions().Matches(text).Select(m => RoomOf(m.Groups["room"].Value.Split('.'))).Where(room => room.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>The imports at the top give every component the names of two rooms without a <c>using</c> of its own; there, their types are looked for.</summary>
    private static IEnumerable<string> MentionedThroughImports(string path, string text) =>
        path.EndsWith(".razor", StringComparison.Ordinal) ? ImportedTypes.Where(type => type.Name.IsMatch(text)).Select(type => type.Room) : [];

    /// <summary>The room of a folder or of a namespace below the project's, whose names are the same.</summary>
    private static string RoomOf(string[] names) => names switch
    {
        ["Exercises" or "Features", var name, ..] => $"{names[0]}.{name}",
        ["Live", "Simulation", ..] => "Live.Simulation",
        [var name, ..] => name,
        [] => "",
    };

    private static IEnumerable<(string Path, string Room, string Text)> SourceFiles() =>
        Directory.EnumerateFiles(Web, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Web, file).Replace('\\', '/'))
            .Where(path => !NotRooms.Contains(path.Split('/')[0], StringComparer.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(path => (path, RoomOf(path.Split('/')[..^1]), File.ReadAllText(Path.Combine(Web, path))));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\bLoyalty\.Web\.(?<room>[A-Z][A-Za-z]*(?:\.[A-Z][A-Za-z]*)?)", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Mentions();
}
