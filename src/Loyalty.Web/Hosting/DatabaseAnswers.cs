using System.Data.Common;
using Loyalty.Web.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Loyalty.Web.Hosting;

/// <summary>Ready means that the database can be read; that it can be written to is what the journal finds out.</summary>
internal sealed class DatabaseAnswers(IDbContextFactory<LoyaltyDb> databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Workshops.AnyAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy(exception: e);
        }
    }
}
