using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Loyalty.Engine.Groups;

/// <summary>Somebody who can be in a group.</summary>
/// <param name="Department">One of the workshop's departments, or null.</param>
public sealed record Person(ParticipantId Id, string Name, string? Department);

/// <summary>A group as it stands.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Members">In the order of their seats: roles are dealt by it. Late joiners sit at the end.</param>
public sealed record Group(int Number, ImmutableArray<Person> Members)
{
    /// <summary>The seat of a member from 0, or -1.</summary>
    public int SeatOf(ParticipantId id)
    {
        for (var seat = 0; seat < Members.Length; seat++)
        {
            if (Members[seat].Id == id)
                return seat;
        }

        return -1;
    }
}

/// <summary>Small groups as they were formed. Who came later is not in here; see <see cref="Seat"/>.</summary>
/// <param name="Groups">Each group's members in the order of their seats.</param>
/// <param name="Away">People who are not here now: they sit in no group and are not placed in one.</param>
public sealed record Grouping(ImmutableArray<ImmutableArray<ParticipantId>> Groups, ImmutableHashSet<ParticipantId> Away)
{
    // The last seating, kept because every phone of a room asks for it at once.
    private static readonly ConditionalWeakTable<Grouping, Seating> Seatings = [];

    public static Grouping None { get; } = new([], []);

    [JsonIgnore]
    public bool IsEmpty => Groups.IsEmpty;

    /// <summary>
    /// Everybody in a seat. People who joined after the groups were formed go to the smallest group, the first of several; nobody who
    /// has a group ever changes it because somebody came.
    /// </summary>
    /// <param name="people">Everybody in the workshop, in the order in which they joined. The same array gives the same seating object.</param>
    public Seating Seat(ImmutableArray<Person> people)
    {
        if (Seatings.TryGetValue(this, out var known) && known.IsOf(people))
            return known;
        var seating = new Seating(this, people);
        Seatings.AddOrUpdate(this, seating);
        return seating;
    }

    /// <inheritdoc/>
    public bool Equals(Grouping? other) =>
        other is not null && Away.SetEquals(other.Away) && Groups.Length == other.Groups.Length && Groups.Zip(other.Groups).All(pair => pair.First.SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Groups.Length, Away.Count);
}

/// <summary>Who sits where, late joiners included.</summary>
public sealed class Seating
{
    private readonly ImmutableArray<Person> people;
    private readonly Dictionary<ParticipantId, Group> byMember = [];

    internal Seating(Grouping grouping, ImmutableArray<Person> people)
    {
        this.people = people;
        var known = people.ToDictionary(p => p.Id);
        var groups = grouping.Groups.Select(ids => ids.Where(id => known.ContainsKey(id) && !grouping.Away.Contains(id)).Select(id => known[id]).ToList()).ToList();
        if (groups.Count > 0)
        {
            var seated = grouping.Groups.SelectMany(ids => ids).ToHashSet();
            foreach (var late in people.Where(p => !seated.Contains(p.Id) && !grouping.Away.Contains(p.Id)))
                groups.MinBy(g => g.Count)!.Add(late);
        }

        Groups = [.. groups.Select((members, index) => new Group(index + 1, [.. members]))];
        foreach (var group in Groups)
        {
            foreach (var member in group.Members)
                byMember[member.Id] = group;
        }
    }

    /// <summary>In the order of their numbers. A group whose members all left is still there, and empty.</summary>
    public ImmutableArray<Group> Groups { get; }

    /// <summary>The group of somebody, or null.</summary>
    public Group? Of(ParticipantId id) => byMember.GetValueOrDefault(id);

    internal bool IsOf(ImmutableArray<Person> others) => people.Equals(others);
}
