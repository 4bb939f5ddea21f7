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
    public string Rung { get; set; } = "";
    public string What { get; set; } = "";
    public string Situation { get; set; } = "";
    public string FirstStep { get; set; } = "";
    public DateOnly? By { get; set; }
    public string Evidence { get; set; } = "";
    public string Help { get; set; } = "";
    public string Partner { get; set; } = "";
    public List<CheckInRow> CheckIns { get; set; } = [];
}

/// <summary>A date on which somebody looks at a commitment again.</summary>
public sealed class CheckInRow
{
    public Guid Id { get; set; }
    public Guid CommitmentId { get; set; }

    /// <summary>Days after the workshop: 30, 60 or 90.</summary>
    public int Days { get; set; }

    public DateOnly DueOn { get; set; }
}
