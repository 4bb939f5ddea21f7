using Loyalty.Engine.Plans;

namespace Loyalty.Web.Storage;

/// <summary>A participant's action plan: drawn from the plan exercise's responses, with what only this table knows (the private link).</summary>
public sealed class ActionPlanRow
{
    public Guid Id { get; set; }
    public Guid WorkshopId { get; set; }
    public required string ActivityId { get; set; }
    public Guid ParticipantId { get; set; }
    public ParticipantRow? Participant { get; set; }

    /// <summary>Whether the author has said that the plan is done; it can still be changed.</summary>
    public bool IsFinal { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The version of the private link that is valid; raising it revokes every link that was given out.</summary>
    public int LinkVersion { get; set; }

    /// <summary>Where the author wants to be reminded; null unless they asked for it.</summary>
    public string? Email { get; set; }

    public List<CommitmentRow> Commitments { get; set; } = [];
}

/// <summary>One thing that somebody is going to do.</summary>
public sealed class CommitmentRow
{
    public Guid Id { get; set; }
    public Guid PlanId { get; set; }

    /// <summary>1 to 5.</summary>
    public int Number { get; set; }

    public string Opportunity { get; set; } = "";

    /// <summary>Its words, as they are in this workshop's agenda.</summary>
    public string OpportunityName { get; set; } = "";

    public string Rung { get; set; } = "";
    public string RungName { get; set; } = "";
    public string What { get; set; } = "";
    public string Situation { get; set; } = "";
    public string FirstStep { get; set; } = "";
    public DateOnly? By { get; set; }
    public string Evidence { get; set; } = "";
    public string Help { get; set; } = "";
    public string Expectation { get; set; } = "";
    public string Feedback { get; set; } = "";
    public string Consequence { get; set; } = "";

    /// <summary>The accountability partner as the author wrote it. Whoever takes this name out, or writes another, begins anew with all that follows.</summary>
    public string Partner { get; set; } = "";

    /// <summary>The one person of the workshop who has that name; null if it is nobody or several.</summary>
    public Guid? PartnerId { get; set; }

    public PartnerAnswer PartnerAnswer { get; set; }
    public DateTimeOffset? PartnerAnsweredAt { get; set; }

    /// <summary>Like the plan's link version, of the partner's own link.</summary>
    public int PartnerLinkVersion { get; set; }

    /// <summary>Where the partner wants to be reminded; null unless they asked for it.</summary>
    public string? PartnerEmail { get; set; }

    public List<CheckInRow> CheckIns { get; set; } = [];
}

/// <summary>A date on which somebody looks at a commitment again.</summary>
public sealed class CheckInRow
{
    public Guid Id { get; set; }
    public Guid CommitmentId { get; set; }

    /// <summary>Days after the workshop.</summary>
    public int Days { get; set; }

    public DateOnly DueOn { get; set; }
    public List<CheckInReportRow> Reports { get; set; } = [];
    public List<ReminderRow> Reminders { get; set; } = [];
}

/// <summary>What an accountability partner said to being asked.</summary>
public enum PartnerAnswer
{
    Asked,
    Accepted,
    Declined,
}

/// <summary>What the author, or the partner, told on a check-in. Telling again replaces it.</summary>
public sealed class CheckInReportRow
{
    public Guid CheckInId { get; set; }
    public bool ByPartner { get; set; }
    public CheckInState State { get; set; }
    public string Happened { get; set; } = "";
    public string Next { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

/// <summary>How far a reminder got.</summary>
public enum ReminderState
{
    /// <summary>Written down before it is handed to the mail server, so that it can never go twice. Left like this by a crash: nobody knows.</summary>
    Sending,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Somebody of HR said that they passed it on.</summary>
    PassedOn,
}

/// <summary>A reminder of a check-in, to its author or to the partner. There is one of each, or none.</summary>
public sealed class ReminderRow
{
    public Guid CheckInId { get; set; }
    public bool ToPartner { get; set; }
    public ReminderState State { get; set; }
    public DateTimeOffset At { get; set; }
}
