namespace Loyalty.Engine.Groups;

/// <summary>Who has been in a group with whom.</summary>
public sealed class Acquaintances
{
    private static readonly HashSet<ParticipantId> Nobody = [];

    private readonly Dictionary<ParticipantId, HashSet<ParticipantId>> met = [];

    private Acquaintances()
    {
    }

    public static Acquaintances None { get; } = new();

    /// <summary>Everybody met those who sat in the same group. People who were away met nobody.</summary>
    public static Acquaintances From(IEnumerable<Grouping> groupings)
    {
        var all = new Acquaintances();
        foreach (var grouping in groupings)
        {
            foreach (var group in grouping.Groups)
            {
                foreach (var member in group.Where(id => !grouping.Away.Contains(id)))
                {
                    if (!all.met.TryGetValue(member, out var others))
                        all.met.Add(member, others = []);
                    others.UnionWith(group.Where(id => id != member && !grouping.Away.Contains(id)));
                }
            }
        }

        return all;
    }

    /// <summary>All whom somebody has met.</summary>
    public IReadOnlySet<ParticipantId> Of(ParticipantId id) => met.GetValueOrDefault(id, Nobody);

    public bool HaveMet(ParticipantId one, ParticipantId other) => Of(one).Contains(other);
}
