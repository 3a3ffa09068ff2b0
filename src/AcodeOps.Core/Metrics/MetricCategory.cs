namespace AcodeOps;

/// <summary>What a metric is about.</summary>
public enum MetricCategory
{
    /// <summary>The data itself: rows, values, pharmacies, freshness.</summary>
    Business,

    /// <summary>How ingestion runs: syncs, storages, replication, switches, secrets.</summary>
    Technical,

    /// <summary>Verdicts and answers of the parts.</summary>
    Health,
}
