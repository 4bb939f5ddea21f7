using System.Collections.Immutable;
using Loyalty.Engine.Curriculum;

namespace Loyalty.Web.Features.Workshops;

/// <summary>What a facilitator decides before a workshop starts. Only valid plans are built.</summary>
/// <param name="Agenda">Null to leave a draft the agenda that it has.</param>
/// <param name="Origin">Where the agenda was taken from; null if it is left as it is.</param>
public sealed record WorkshopPlan(
    string Title,
    string Organisation,
    DateOnly Date,
    ImmutableArray<string> Departments,
    string Language,
    int PlannedParticipants,
    int Threshold,
    bool AsksToCompare,
    ImmutableArray<Activity>? Agenda,
    AgendaOrigin? Origin = null);
