namespace AcodeOps;

/// <summary>What a file of a configuration describes.</summary>
public enum ConfiguredKind
{
    /// <summary>An Airbyte source.</summary>
    Source,

    /// <summary>An Airbyte destination.</summary>
    Destination,

    /// <summary>An Airbyte connection.</summary>
    Connection,
}
