namespace Loyalty.Web.Storage;

/// <summary>What an organisation has decided; one that is not here has the usual.</summary>
public sealed class OrganisationRow
{
    /// <summary>Months after a workshop for which names, plans and texts are kept.</summary>
    public const int UsualRetentionMonths = 24;

    public const int FewestRetentionMonths = 1;
    public const int MostRetentionMonths = 120;

    /// <summary>The name in one spelling, see <see cref="Organisations.KeyOf"/>: workshops carry the name as text.</summary>
    public required string Key { get; set; }

    /// <summary>As it was written last.</summary>
    public required string Name { get; set; }

    /// <summary>Days after a workshop on which to check in, such as <c>30 60 90</c>; empty for the usual ones.</summary>
    public string CheckInDays { get; set; } = "";

    public int RetentionMonths { get; set; } = UsualRetentionMonths;
}

/// <summary>
/// Who took what out of the house. Appended to only: the database itself refuses to change or delete a row. Holds nobody's name but
/// that of the account.
/// </summary>
public sealed class ExportRecordRow
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
    public Guid? UserId { get; set; }
    public required string UserName { get; set; }

    /// <summary>One of <see cref="ExportKinds"/>.</summary>
    public required string Kind { get; set; }

    public Guid? WorkshopId { get; set; }

    /// <summary>The workshop's title at the time, which stays when the workshop is erased; or what was exported of several.</summary>
    public required string Subject { get; set; }

    /// <summary>How many plans, people or rows.</summary>
    public int Count { get; set; }
}
