namespace AcodeOps;

/// <summary>The parts of an installation whose health is told apart.</summary>
public enum HealthComponent
{
    /// <summary>A MySQL server that can feed the lake: connects, authenticates, answers.</summary>
    Source,

    /// <summary>The backup's replication of the primary.</summary>
    Replication,

    /// <summary>Tables and columns of the sources.</summary>
    Schema,

    /// <summary>How far the backup's data is behind the primary's.</summary>
    Watermark,

    /// <summary>A bucket and prefix: listed, written, read, deleted, encrypted.</summary>
    Storage,

    /// <summary>The age of the newest data, on three clocks.</summary>
    Freshness,

    /// <summary>How many rows arrived.</summary>
    Volume,

    /// <summary>The Airbyte server.</summary>
    Airbyte,

    /// <summary>A route's Airbyte connection and its last sync.</summary>
    Connection,

    /// <summary>Differences between routes that would surprise after a switch.</summary>
    Parity,

    /// <summary>Whether the referenced credentials can be read.</summary>
    Secret,

    /// <summary>Airbyte's pods.</summary>
    Kubernetes,

    /// <summary>This machine's clock against the servers'.</summary>
    Clock,

    /// <summary>Audit records that have not reached the audit storage.</summary>
    Audit,

    /// <summary>How long ago a recovery was rehearsed.</summary>
    Drill,

    /// <summary>An item of a deployment's checklist: only <c>Test-AcodeDeployment</c> looks at it.</summary>
    Deployment,
}
