namespace AcodeOps;

/// <summary>What publishing a configuration does about a difference.</summary>
public enum ConfigurationAction
{
    /// <summary>Makes what Airbyte does not have.</summary>
    Create,

    /// <summary>Sets it at Airbyte as the files say.</summary>
    Update,

    /// <summary>Deletes what the files no longer have; with <c>-Prune</c> only.</summary>
    Delete,

    /// <summary>Nothing: it is told only.</summary>
    Leave,
}
