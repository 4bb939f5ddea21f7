using System.Collections.Immutable;
using System.Security.Claims;
using Loyalty.Engine.Curriculum;
using Loyalty.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>A programme in a list.</summary>
/// <param name="Version">The number of the latest version.</param>
/// <param name="Owner">The name of the facilitator whom it belongs to.</param>
/// <param name="CanEdit">Whether this user may save new versions of it, share it and delete it.</param>
public sealed record ProgrammeLine(
    Guid Id, string Title, string Language, bool Shared, int Version, int Steps, int Minutes, DateTimeOffset SavedAt, Guid OwnerId, string Owner, bool CanEdit);

/// <summary>A version in a list.</summary>
public sealed record ProgrammeVersion(int Number, string Title, DateTimeOffset SavedAt);

/// <summary>One version of a programme, whole.</summary>
public sealed record StoredProgramme(ProgrammeLine Line, int Number, Programme Programme);

/// <summary>What became of the wish to save a new version.</summary>
public abstract record SaveOutcome
{
    private SaveOutcome()
    {
    }

    public sealed record Saved(int Version) : SaveOutcome;

    /// <summary>It does not exist, or this user may not edit it: the two are not told apart.</summary>
    public sealed record NotFound : SaveOutcome;

    /// <summary>Somebody saved another version in between; nothing was overwritten.</summary>
    public sealed record Overtaken(int Latest) : SaveOutcome;
}

/// <summary>
/// The facilitators' programmes, with all their versions. Everybody edits their own and reads those that are shared; an administrator
/// may do both with all.
/// </summary>
public sealed class ProgrammeShelf(IDbContextFactory<LoyaltyDb> databases, TimeProvider time)
{
    /// <summary>Own ones and shared ones, the latest first.</summary>
    public async Task<ImmutableArray<ProgrammeLine>> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return [.. await Lines(db, user, Readable(db, user).OrderByDescending(p => p.SavedAt)).ToListAsync(cancellationToken)];
    }

    /// <summary>The latest version of every programme in a language that this user may read, by title.</summary>
    public async Task<ImmutableArray<StoredProgramme>> LatestAsync(ClaimsPrincipal user, string language, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lines = await Lines(db, user, Readable(db, user).Where(p => p.Language == language).OrderBy(p => p.Title)).ToListAsync(cancellationToken);
        var ids = lines.Select(l => l.Id).ToList();
        var texts = await db.ProgrammeVersions
            .Where(v => ids.Contains(v.ProgrammeId) && db.Programmes.Any(p => p.Id == v.ProgrammeId && p.Version == v.Number))
            .ToDictionaryAsync(v => v.ProgrammeId, v => v.Json, cancellationToken);
        return [.. lines.Where(l => texts.ContainsKey(l.Id)).Select(l => new StoredProgramme(l, l.Version, ProgrammeFile.ReadStored(texts[l.Id])))];
    }

    /// <param name="version">Null for the latest.</param>
    /// <returns>Null if there is none that this user may read.</returns>
    public async Task<StoredProgramme?> FindAsync(ClaimsPrincipal user, Guid id, int? version, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Lines(db, user, Readable(db, user).Where(p => p.Id == id)).FirstOrDefaultAsync(cancellationToken) is not { } line)
            return null;

        var number = version ?? line.Version;
        var json = await db.ProgrammeVersions.Where(v => v.ProgrammeId == id && v.Number == number).Select(v => v.Json).FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : new StoredProgramme(line, number, ProgrammeFile.ReadStored(json));
    }

    /// <summary>The latest first; none if this user may not read it.</summary>
    public async Task<ImmutableArray<ProgrammeVersion>> VersionsAsync(ClaimsPrincipal user, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var versions = db.ProgrammeVersions.Where(v => v.ProgrammeId == id && Readable(db, user).Any(p => p.Id == id));
        return [.. await versions.OrderByDescending(v => v.Number).Select(v => new ProgrammeVersion(v.Number, v.Title, v.SavedAt)).ToListAsync(cancellationToken)];
    }

    /// <summary>A new programme, as its version 1.</summary>
    public async Task<Guid> CreateAsync(Guid owner, Programme programme, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = new ProgrammeRow { Id = Guid.CreateVersion7(), OwnerId = owner, Title = "", Language = "" };
        db.Programmes.Add(row);
        Put(db, row, programme);
        await db.SaveChangesAsync(cancellationToken);
        return row.Id;
    }

    /// <summary>Saves a new version on top of the one that it was made from.</summary>
    /// <param name="basedOn">The latest version that the editor has seen.</param>
    public async Task<SaveOutcome> SaveAsync(ClaimsPrincipal user, Guid id, int basedOn, Programme programme, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await Editable(db, user).FirstOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } row)
            return new SaveOutcome.NotFound();
        if (row.Version != basedOn)
            return new SaveOutcome.Overtaken(row.Version);

        Put(db, row, programme);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new SaveOutcome.Saved(row.Version);
        }
        catch (DbUpdateException)
        {
            // Two browsers saved at the same moment: the number of a version is its key, and the other one has it.
            db.ChangeTracker.Clear();
            if (await db.Programmes.Where(p => p.Id == id).Select(p => p.Version).FirstOrDefaultAsync(cancellationToken) is > 0 and var latest && latest != basedOn)
                return new SaveOutcome.Overtaken(latest);
            throw;
        }
    }

    /// <returns>False if there is none that this user may edit.</returns>
    public async Task<bool> ShareAsync(ClaimsPrincipal user, Guid id, bool shared, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Editable(db, user).Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Shared, shared), cancellationToken) > 0;
    }

    /// <summary>Deletes it with all its versions. Workshops keep their own copy of what they run.</summary>
    public async Task<bool> DeleteAsync(ClaimsPrincipal user, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Editable(db, user).Where(p => p.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private void Put(LoyaltyDb db, ProgrammeRow row, Programme programme)
    {
        row.Title = programme.Title;
        row.Language = programme.Language;
        row.Steps = programme.Activities.Length;
        row.Minutes = programme.Activities.Sum(a => a.Minutes);
        row.SavedAt = time.GetUtcNow();
        row.Version++;
        db.ProgrammeVersions.Add(new ProgrammeVersionRow
        {
            ProgrammeId = row.Id,
            Number = row.Version,
            Title = programme.Title,
            Json = ProgrammeFile.Write(programme),
            SavedAt = row.SavedAt,
        });
    }

    private static IQueryable<ProgrammeRow> Editable(LoyaltyDb db, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.Administrator))
            return db.Programmes;
        var me = user.IsInRole(Roles.Facilitator) ? AppClaims.IdOf(user) : null;
        return db.Programmes.Where(p => me != null && p.OwnerId == me);
    }

    private static IQueryable<ProgrammeRow> Readable(LoyaltyDb db, ClaimsPrincipal user)
    {
        if (user.IsInRole(Roles.Administrator))
            return db.Programmes;
        var me = user.IsInRole(Roles.Facilitator) ? AppClaims.IdOf(user) : null;
        return db.Programmes.Where(p => me != null && (p.OwnerId == me || p.Shared));
    }

    private static IQueryable<ProgrammeLine> Lines(LoyaltyDb db, ClaimsPrincipal user, IQueryable<ProgrammeRow> programmes)
    {
        var me = AppClaims.IdOf(user);
        var all = user.IsInRole(Roles.Administrator);
        return programmes.Select(p => new ProgrammeLine(
            p.Id, p.Title, p.Language, p.Shared, p.Version, p.Steps, p.Minutes, p.SavedAt, p.OwnerId,
            db.Users.Where(u => u.Id == p.OwnerId).Select(u => u.DisplayName).FirstOrDefault() ?? "",
            all || p.OwnerId == me));
    }
}
