using System.Collections.Concurrent;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>Which workshop a join code belongs to.</summary>
public sealed class WorkshopCodes(IDbContextFactory<LoyaltyDb> databases)
{
    // A code never moves to another workshop, so what was found once stays true; a hall of phones asks for one code.
    private readonly ConcurrentDictionary<string, WorkshopId> known = new(StringComparer.Ordinal);

    /// <summary>The workshop with this code (as typed: spaces and case do not matter), or null.</summary>
    public async ValueTask<WorkshopId?> FindAsync(string? code, CancellationToken cancellationToken = default)
    {
        var normal = JoinCode.Normalize(code);
        if (!JoinCode.IsValid(normal))
            return null;
        if (known.TryGetValue(normal, out var id))
            return id;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Workshops.Where(w => w.Code == normal).Select(w => (Guid?)w.Id).FirstOrDefaultAsync(cancellationToken);
        return found is { } value ? known.GetOrAdd(normal, new WorkshopId(value)) : null;
    }

    /// <summary>A code that no workshop has.</summary>
    public async Task<string> NewAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var code = JoinCode.New();
            if (!await db.Workshops.AnyAsync(w => w.Code == code, cancellationToken))
                return code;
        }
    }

    /// <summary>Forgets an erased workshop's code.</summary>
    public void Forget(string code) => known.TryRemove(code, out _);
}
