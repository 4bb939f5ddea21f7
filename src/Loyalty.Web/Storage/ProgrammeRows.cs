namespace Loyalty.Web.Storage;

/// <summary>A facilitator's own programme. What is in it stands in its versions; this is what lists show of the latest.</summary>
public sealed class ProgrammeRow
{
    public Guid Id { get; set; }
    public Guid OwnerId { get; set; }
    public required string Title { get; set; }
    public required string Language { get; set; }

    /// <summary>Whether every facilitator of the organisation may read and copy it.</summary>
    public bool Shared { get; set; }

    /// <summary>The number of the latest version, from 1.</summary>
    public int Version { get; set; }

    public int Steps { get; set; }
    public int Minutes { get; set; }
    public DateTimeOffset SavedAt { get; set; }
}

/// <summary>A programme as it was once saved. Never changed.</summary>
public sealed class ProgrammeVersionRow
{
    public Guid ProgrammeId { get; set; }
    public int Number { get; set; }
    public required string Title { get; set; }

    /// <summary>The programme as its file.</summary>
    public required string Json { get; set; }

    public DateTimeOffset SavedAt { get; set; }
}
