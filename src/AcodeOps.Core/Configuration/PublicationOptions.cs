namespace AcodeOps.Configuration;

/// <summary>What publishing may do; each is a consent of its own.</summary>
public sealed record PublicationOptions
{
    /// <summary>Delete what was applied and is in no file any more.</summary>
    public bool Prune { get; init; }

    /// <summary>Set what makes Airbyte forget how far a stream was read; that is kept in a backup first.</summary>
    public bool AllowStateReset { get; init; }

    /// <summary>Overwrite what was changed at Airbyte while the files were changed too.</summary>
    public bool AllowConflict { get; init; }
}
