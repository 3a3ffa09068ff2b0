namespace AcodeOps.Secrets.Rotating.Steps;

/// <summary>The names of what the steps of a rotation remember. None is a secret.</summary>
internal static class RotationFacts
{
    /// <summary>The secret's version that holds the new password.</summary>
    public const string NewVersion = "new_version";

    /// <summary>The user that logs in afterwards.</summary>
    public const string UserName = "user_name";

    /// <summary>The secret's version that is current now.</summary>
    public const string CurrentVersion = "current_version";

    /// <summary>Airbyte's copies that have been replaced: the ids of the sources.</summary>
    public const string Replaced = "replaced";

    /// <summary>The newest job of each connection when the copies had been replaced.</summary>
    public const string NewestJobs = "newest_jobs";

    /// <summary>The jobs that ran when the copies had been replaced: they may go on with the former password.</summary>
    public const string EarlierJobs = "earlier_jobs";

    /// <summary>The jobs that ran when the copies had been put back: they may go on with the new password.</summary>
    public const string LaterJobs = "later_jobs";

    /// <summary>The syncs that each connection has to show: connection and job.</summary>
    public const string ProofJobs = "proof_jobs";

    /// <summary>The syncs that have succeeded with the new password.</summary>
    public const string ProvenBy = "proven_by";
}
