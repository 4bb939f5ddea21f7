using System.Security.Claims;
using Loyalty.Engine;
using Loyalty.Engine.Live;
using Loyalty.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>Who may run a workshop and who may read what people left in it. Asked on every page and download.</summary>
public sealed class WorkshopAccess(IDbContextFactory<LoyaltyDb> databases)
{
    /// <summary>Its own facilitator, or an administrator.</summary>
    public async Task<bool> CanRunAsync(ClaimsPrincipal user, WorkshopId workshop, CancellationToken cancellationToken = default)
    {
        if (AppClaims.IdOf(user) is not { } userId || !(user.IsInRole(Roles.Administrator) || user.IsInRole(Roles.Facilitator)))
            return false;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owner = await db.Workshops.Where(w => w.Id == workshop.Value).Select(w => (Guid?)w.OwnerId).FirstOrDefaultAsync(cancellationToken);
        return owner is not null && (owner == userId || user.IsInRole(Roles.Administrator));
    }

    /// <summary>HR or an administrator: the action plans of real workshops, never of rehearsals.</summary>
    public async Task<bool> CanReadPlansAsync(ClaimsPrincipal user, WorkshopId workshop, CancellationToken cancellationToken = default)
    {
        if (!user.IsInRole(Roles.Administrator) && !user.IsInRole(Roles.HR))
            return false;

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Workshops.AnyAsync(w => w.Id == workshop.Value && w.RehearsalOf == null, cancellationToken);
    }

    /// <summary>
    /// Reports hold results of the room: for whoever may run the workshop, and has the same results on the console, at any time; for HR once
    /// it has ended. Until then an exercise can be opened again, and two reports with one answer between them are that answer.
    /// </summary>
    public async Task<bool> CanReadReportAsync(ClaimsPrincipal user, WorkshopId workshop, CancellationToken cancellationToken = default) =>
        await CanRunAsync(user, workshop, cancellationToken) || await CanReadFiguresAsync(user, workshop, cancellationToken);

    /// <summary>HR or an administrator: the results of real workshops that have ended.</summary>
    public async Task<bool> CanReadFiguresAsync(ClaimsPrincipal user, WorkshopId workshop, CancellationToken cancellationToken = default)
    {
        if (!await CanReadPlansAsync(user, workshop, cancellationToken))
            return false;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Workshops.AnyAsync(w => w.Id == workshop.Value && w.Status == WorkshopStatus.Ended, cancellationToken);
    }
}
