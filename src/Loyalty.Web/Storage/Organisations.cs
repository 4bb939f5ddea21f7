using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>What organisations have decided about their workshops. An organisation is a name on a workshop; the key makes its spellings one.</summary>
public sealed class Organisations(IDbContextFactory<LoyaltyDb> databases)
{
    /// <summary>Upper case, single spaces: “Hotel  lindenhof” and “Hotel Lindenhof” are one organisation.</summary>
    public static string KeyOf(string name) =>
        string.Join(' ', name.Normalize().ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The days on which an organisation checks in; empty if it has decided nothing.</summary>
    public async Task<ImmutableArray<int>> CheckInDaysAsync(string organisation, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var key = KeyOf(organisation);
        var days = await db.Organisations.Where(o => o.Key == key).Select(o => o.CheckInDays).FirstOrDefaultAsync(cancellationToken);
        return ParseDays(days);
    }

    /// <summary>Reads what <see cref="OrganisationRow.CheckInDays"/> holds.</summary>
    public static ImmutableArray<int> ParseDays(string? days) =>
        [.. (days ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => int.Parse(day, CultureInfo.InvariantCulture))];
}
