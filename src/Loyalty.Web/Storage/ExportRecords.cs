using System.Security.Claims;
using Loyalty.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>What can be taken out of the house; each has a sentence of its own on the page of records.</summary>
public static class ExportKinds
{
    public const string PlanPdf = "plan-pdf";
    public const string PlansPdf = "plans-pdf";
    public const string PlansZip = "plans-zip";
    public const string WorkshopCsv = "workshop-csv";
    public const string ReportPdf = "report-pdf";
    public const string FiguresXlsx = "figures-xlsx";
    public const string FiguresCsv = "figures-csv";
    public const string Person = "person";
    public const string PersonRead = "person-read";
}

/// <summary>Writes down every export before it is given out: one that cannot be recorded is not made.</summary>
public sealed class ExportRecords(IDbContextFactory<LoyaltyDb> databases, TimeProvider time)
{
    /// <param name="kind">One of <see cref="ExportKinds"/>, or another slug that the page of records has a sentence for.</param>
    /// <param name="count">How many plans, people or rows.</param>
    public async Task AddAsync(ClaimsPrincipal user, string kind, Guid? workshop, int count, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var subject = workshop is { } id ? await db.Workshops.Where(w => w.Id == id).Select(w => w.Title).FirstOrDefaultAsync(cancellationToken) : null;
        db.ExportRecords.Add(new ExportRecordRow
        {
            At = time.GetUtcNow(),
            UserId = AppClaims.IdOf(user),
            UserName = AppClaims.NameOf(user),
            Kind = kind,
            WorkshopId = workshop,
            Subject = subject ?? "",
            Count = count,
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}
