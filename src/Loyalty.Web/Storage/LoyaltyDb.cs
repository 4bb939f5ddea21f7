using Loyalty.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Loyalty.Web.Storage;

/// <summary>Everything that is kept, in one SQLite file.</summary>
public sealed class LoyaltyDb(DbContextOptions<LoyaltyDb> options) : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<WorkshopRow> Workshops => Set<WorkshopRow>();

    public DbSet<ParticipantRow> Participants => Set<ParticipantRow>();

    public DbSet<ResponseRow> Responses => Set<ResponseRow>();

    public DbSet<ActivityRunRow> ActivityRuns => Set<ActivityRunRow>();

    public DbSet<MeasureRow> Measures => Set<MeasureRow>();

    public DbSet<ActionPlanRow> ActionPlans => Set<ActionPlanRow>();

    public DbSet<CommitmentRow> Commitments => Set<CommitmentRow>();

    public DbSet<CheckInRow> CheckIns => Set<CheckInRow>();

    public DbSet<ProgrammeRow> Programmes => Set<ProgrammeRow>();

    public DbSet<ProgrammeVersionRow> ProgrammeVersions => Set<ProgrammeVersionRow>();

    public DbSet<AccessTokenRow> AccessTokens => Set<AccessTokenRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no type for a moment with an offset: milliseconds since 1970 sort and compare as numbers.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<Milliseconds>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        builder.Entity<WorkshopRow>(e =>
        {
            e.ToTable("Workshops");
            e.HasIndex(w => w.Code).IsUnique();
            e.HasIndex(w => w.OwnerId);
            e.HasOne<WorkshopRow>().WithMany().HasForeignKey(w => w.RehearsalOf).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ParticipantRow>(e =>
        {
            e.ToTable("Participants");
            e.HasIndex(p => p.WorkshopId);
            e.HasIndex(p => p.TokenHash).IsUnique();
            e.HasOne<WorkshopRow>().WithMany().HasForeignKey(p => p.WorkshopId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ResponseRow>(e =>
        {
            e.ToTable("Responses");
            e.HasKey(r => r.Sequence);
            e.HasIndex(r => r.Key).IsUnique();
            e.HasIndex(r => new { r.WorkshopId, r.ActivityId });
            e.HasOne<WorkshopRow>().WithMany().HasForeignKey(r => r.WorkshopId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ActivityRunRow>(e =>
        {
            e.ToTable("ActivityRuns");
            e.HasKey(r => new { r.WorkshopId, r.ActivityId });
            e.HasOne<WorkshopRow>().WithMany().HasForeignKey(r => r.WorkshopId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<MeasureRow>(e =>
        {
            e.ToTable("Measures");
            e.HasIndex(m => new { m.WorkshopId, m.ActivityId });
            e.HasIndex(m => m.Name);
            e.HasOne<WorkshopRow>().WithMany().HasForeignKey(m => m.WorkshopId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ActionPlanRow>(e =>
        {
            e.ToTable("ActionPlans");
            e.HasIndex(p => new { p.WorkshopId, p.ParticipantId }).IsUnique();
            e.HasOne<WorkshopRow>().WithMany().HasForeignKey(p => p.WorkshopId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne(p => p.Participant).WithMany().HasForeignKey(p => p.ParticipantId).OnDelete(DeleteBehavior.Cascade);
            e.HasMany(p => p.Commitments).WithOne().HasForeignKey(c => c.PlanId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<CommitmentRow>(e =>
        {
            e.ToTable("Commitments");
            e.HasIndex(c => new { c.PlanId, c.Number }).IsUnique();
            e.HasMany(c => c.CheckIns).WithOne().HasForeignKey(c => c.CommitmentId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<AccessTokenRow>(e =>
        {
            e.ToTable("AccessTokens");
            e.HasIndex(t => t.Hash).IsUnique();
            e.HasIndex(t => t.UserId);
            e.HasOne<AppUser>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<CheckInRow>(e =>
        {
            e.ToTable("CheckIns");
            e.HasIndex(c => new { c.CommitmentId, c.Days }).IsUnique();
        });
        builder.Entity<ProgrammeRow>(e =>
        {
            e.ToTable("Programmes");
            e.HasIndex(p => p.OwnerId);
        });
        builder.Entity<ProgrammeVersionRow>(e =>
        {
            e.ToTable("ProgrammeVersions");
            e.HasKey(v => new { v.ProgrammeId, v.Number });
            e.HasOne<ProgrammeRow>().WithMany().HasForeignKey(v => v.ProgrammeId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        moment => moment.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));

    private sealed class Milliseconds() : ValueConverter<TimeSpan, long>(
        span => (long)span.TotalMilliseconds, number => TimeSpan.FromTicks(number * TimeSpan.TicksPerMillisecond));
}
