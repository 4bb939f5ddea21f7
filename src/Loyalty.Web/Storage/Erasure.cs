using System.Collections.Immutable;
using System.Text.Json;
using Loyalty.Engine;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Exercises;
using Loyalty.Engine.Live;
using Loyalty.Engine.Plans;
using Microsoft.EntityFrameworkCore;

namespace Loyalty.Web.Storage;

/// <summary>
/// Takes people out of workshops, and workshops out of the house. Names, addresses, plans and everything written in somebody's own
/// words go, in the responses too; what was chosen stays and counts as before, without whose it was.
/// </summary>
public sealed class Erasure(
    LiveDirectory directory, Projector projector, ExerciseRulebook rulebook, WorkshopCodes codes, DataDirectory data, Shredder shredder, IDbContextFactory<LoyaltyDb> databases, TimeProvider time)
{
    /// <summary>Erases one person of one workshop. False if there is no such person.</summary>
    public Task<bool> PersonAsync(WorkshopId workshop, ParticipantId person, CancellationToken cancellationToken) =>
        RewriteAsync(workshop, async db =>
        {
            if (await db.Participants.FirstOrDefaultAsync(p => p.Id == person.Value && p.WorkshopId == workshop.Value && !p.IsErased, cancellationToken) is not { } row)
                return false;
            await ForgetPartnerAsync(db, row, cancellationToken);
            await ForgetAsync(db, workshop, db.Responses.Where(r => r.WorkshopId == workshop.Value && r.AuthorKind == AuthorKind.Participant && r.AuthorId == person.Value), [row], cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>Erases everybody of a workshop and every word that was written in it, anonymous ones too. Only its measures are left.</summary>
    public Task<bool> EverybodyAsync(WorkshopId workshop, CancellationToken cancellationToken) =>
        RewriteAsync(workshop, async db =>
        {
            if (await db.Workshops.FirstOrDefaultAsync(w => w.Id == workshop.Value, cancellationToken) is not { } row)
                return false;
            row.PersonalDataErasedAt = time.GetUtcNow();
            // The measures are drawn again without what tied them to other workshops.
            row.AsksToCompare = false;
            await ForgetAsync(
                db, workshop, db.Responses.Where(r => r.WorkshopId == workshop.Value), await db.Participants.Where(p => p.WorkshopId == workshop.Value).ToListAsync(cancellationToken), cancellationToken);
            return true;
        }, cancellationToken);

    /// <summary>Erases a workshop with all that belongs to it, its rehearsals too. False if there is none.</summary>
    public async Task<bool> WorkshopAsync(WorkshopId workshop, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = await db.Workshops.Where(w => w.Id == workshop.Value || w.RehearsalOf == workshop.Value).Select(w => new { w.Id, w.Code }).ToListAsync(cancellationToken);
        if (all.Count == 0)
            return false;

        // Each is held while it goes, so that no page can load it again in between.
        foreach (var one in all.OrderBy(w => w.Id == workshop.Value))
        {
            await directory.RewriteAsync(new WorkshopId(one.Id), async () =>
            {
                await projector.WaitUntilDrawnAsync(new WorkshopId(one.Id), cancellationToken);
                await db.Workshops.Where(w => w.Id == one.Id).ExecuteDeleteAsync(cancellationToken);
            });
            codes.Forget(one.Code);
        }

        await ShredAsync(cancellationToken);
        return true;
    }

    private async Task<bool> RewriteAsync(WorkshopId workshop, Func<LoyaltyDb, Task<bool>> change, CancellationToken cancellationToken)
    {
        var changed = false;
        await directory.RewriteAsync(workshop, async () =>
        {
            // A picture that is still to be drawn holds what is to go.
            await projector.WaitUntilDrawnAsync(workshop, cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await change(db))
                return;

            await db.SaveChangesAsync(cancellationToken);
            // Drawn again at the next start, should this process not get to it.
            await db.Workshops.Where(w => w.Id == workshop.Value).ExecuteUpdateAsync(set => set.SetProperty(w => w.ProjectedEntries, -1), cancellationToken);
            // Entries stand on each other. If they did not replay any more, the workshop could never be opened again: then nothing is changed.
            if (await WorkshopLoader.LoadAsync(db, workshop, cancellationToken) is { } stored)
                Restore.From(stored, rulebook, time.GetUtcNow());
            await transaction.CommitAsync(cancellationToken);
            changed = true;
        });
        if (!changed)
            return false;

        if (await directory.FindAsync(workshop, cancellationToken) is { } host)
            await projector.RebuildAsync(host.Current, cancellationToken);
        await ShredAsync(cancellationToken);
        return true;
    }

    private async Task ForgetAsync(LoyaltyDb db, WorkshopId workshop, IQueryable<ResponseRow> entries, List<ParticipantRow> people, CancellationToken cancellationToken)
    {
        var row = await db.Workshops.FirstAsync(w => w.Id == workshop.Value, cancellationToken);
        var agenda = AgendaJson.Read(row.Agenda).ToDictionary(a => a.Id.Value, StringComparer.Ordinal);
        var choices = new Dictionary<string, Func<string, bool>>(StringComparer.Ordinal);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!choices.TryGetValue(entry.ActivityId, out var isChoice))
                choices.Add(entry.ActivityId, isChoice = ChoicesOf(agenda[entry.ActivityId]));
            var rules = rulebook.Of(agenda[entry.ActivityId]);
            entry.Json = rules.Forget(entry.Json, entry.SchemaVersion, isChoice);
            entry.SchemaVersion = rules.SchemaVersion;
        }

        // A department of a few would say who it was; it follows the rule by which results are shown.
        var sizes = await db.Participants.Where(p => p.WorkshopId == workshop.Value && p.Department != null).GroupBy(p => p.Department!).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        foreach (var person in people)
        {
            person.Name = Participant.ErasedName;
            person.Department = person.Department is { } department && sizes[department] >= row.Threshold ? department : null;
            person.TokenHash = null;
            person.IsErased = true;
        }

        var ids = people.Select(p => p.Id).ToList();
        await db.ActionPlans.Where(p => p.WorkshopId == workshop.Value && ids.Contains(p.ParticipantId)).ExecuteDeleteAsync(cancellationToken);
        await db.Measures.Where(m => m.WorkshopId == workshop.Value && m.ParticipantId != null && ids.Contains(m.ParticipantId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ParticipantId, (Guid?)null), cancellationToken);
    }

    /// <summary>
    /// Takes somebody out of the plans of others who named them as partner, as far as the name is theirs alone. What they told as a
    /// partner goes too; whether they said yes goes when the plans are drawn again.
    /// </summary>
    private async Task ForgetPartnerAsync(LoyaltyDb db, ParticipantRow person, CancellationToken cancellationToken)
    {
        await db.CheckInReports
            .Where(r => r.ByPartner && db.CheckIns.Any(k => k.Id == r.CheckInId && db.Commitments.Any(c => c.Id == k.CommitmentId && c.PartnerId == person.Id)))
            .ExecuteDeleteAsync(cancellationToken);
        var names = await db.Participants.Where(p => p.WorkshopId == person.WorkshopId && p.Id != person.Id).Select(p => p.Name).ToListAsync(cancellationToken);
        if (names.Contains(person.Name, StringComparer.OrdinalIgnoreCase))
            return;

        var agenda = await db.Workshops.Where(w => w.Id == person.WorkshopId).Select(w => w.Agenda).FirstAsync(cancellationToken);
        foreach (var activity in AgendaJson.Read(agenda))
        {
            if (rulebook.Of(activity) is not IPlanSource source)
                continue;
            await foreach (var entry in db.Responses.Where(r => r.WorkshopId == person.WorkshopId && r.ActivityId == activity.Id.Value).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                if (source.WithoutPartner(entry.Json, entry.SchemaVersion, person.Name) is { } without)
                    (entry.Json, entry.SchemaVersion) = (without, rulebook.Of(activity).SchemaVersion);
            }
        }
    }

    /// <summary>What could be chosen in an activity: whatever stands in its settings.</summary>
    private static Func<string, bool> ChoicesOf(Activity activity)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        Collect(activity.Settings);
        return texts.Contains;

        void Collect(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    texts.Add(element.GetString()!);
                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                        Collect(item);
                    break;
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                        Collect(property.Value);
                    break;
            }
        }
    }

    private async Task ShredAsync(CancellationToken cancellationToken)
    {
        // Files that were made for somebody to fetch hold names and plans.
        if (Directory.Exists(data.Exports))
        {
            foreach (var file in Directory.EnumerateFiles(data.Exports))
                File.Delete(file);
        }

        await shredder.ShredAsync(cancellationToken);
    }
}
