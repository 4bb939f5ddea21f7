using System.Collections.Immutable;
using Loyalty.Engine.Plans;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>What stands on the sheet that somebody pins to the wall.</summary>
/// <param name="EditLink">The private address at which the author changes the plan; it is also the QR code.</param>
public sealed record PlanSheetModel(
    Guid ParticipantId,
    string Name,
    string? Department,
    string Workshop,
    string Organisation,
    DateOnly Date,
    bool IsFinal,
    ImmutableArray<CommitmentModel> Commitments,
    string EditLink);

/// <summary>A commitment with the words of its opportunity and rung, and the dates of its check-ins.</summary>
public sealed record CommitmentModel(Commitment Words, string Opportunity, string Rung, ImmutableArray<DateOnly> CheckIns);
