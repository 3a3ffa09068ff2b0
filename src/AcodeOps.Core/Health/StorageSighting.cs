namespace AcodeOps.Health;

/// <summary>Judges what was seen of a storage.</summary>
/// <param name="Definition">The storage.</param>
/// <param name="List">The refusal to list, or null.</param>
internal sealed record StorageSighting(StorageDefinition Definition, AcodeException? List)
{
    /// <summary>What the bucket tells of itself, where it was asked.</summary>
    public BucketTraits? Traits { get; init; }

    private string Place => $"s3://{Definition.Bucket}/{Definition.Prefix}";

    /// <summary>The bucket locks what is written: only listing was tried.</summary>
    public Observation WithoutCanary() => List is { } refused
        ? Forbidden(refused, ["list"], [])
        : new Observation(Verdict.Healthy, "listed; not written to, as objects here are locked")
        {
            Evidence = [$"list {Place}: done", "write: not tried, since a canary could not be deleted before its retention ends", .. NotTold],
        };

    /// <summary>Nothing was to be written.</summary>
    public Observation Unwritten() => List is { } refused
        ? Forbidden(refused, ["list"], [])
        : new Observation(Verdict.Unknown, "listed; whether it can be written was not tried")
        {
            Evidence = [$"list {Place}: done", "write: not tried, as nothing was to be changed", .. NotTold],
            ErrorId = "StorageNotTried",
            Remedy = "Test-AcodeHealth -Component Storage writes a canary and takes it away again.",
        };

    /// <summary>The canary could not be written.</summary>
    public Observation Unwritable(AcodeException write) =>
        Forbidden(write, List is null ? ["write"] : ["list", "write"], List is null ? [$"list {Place}: done", .. NotTold] : NotTold);

    /// <summary>The canary was written.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="read">The refusal to read it, or null.</param>
    /// <param name="delete">Why it could not be deleted, or null.</param>
    /// <param name="encryption">How it was encrypted; null for not at all, or not read.</param>
    /// <param name="differs">What was read is not what was written.</param>
    /// <param name="isPurged">False when old versions of it stay.</param>
    public Observation Judge(string key, AcodeException? read, AcodeException? delete, string? encryption, bool differs, bool isPurged)
    {
        string[] evidence =
        [
            $"list {Place}: {Done(List)}",
            $"write {key}: done",
            $"read: {(differs ? "not what was written" : Done(read))}",
            Definition.Role.IsKept() ? "delete: not tried, since nothing is deleted here" : $"delete: {Done(delete)}{(isPurged ? "" : ", an old version stays (s3:ListBucketVersions and s3:DeleteObjectVersion are missing)")}",
            .. read is null && !differs ? [$"encryption: {encryption ?? "none"}"] : Array.Empty<string>(),
            .. NotTold,
        ];
        if (differs)
        {
            return new Observation(Verdict.Failed, "a canary read back is not what was written")
            {
                Evidence = evidence,
                ErrorId = "StorageCanaryDiffers",
                Remedy = "Stop the syncs that write here, and look at the storage: it loses or changes objects.",
            };
        }

        string[] refused = [.. List is null ? Array.Empty<string>() : ["list"], .. read is null ? Array.Empty<string>() : ["read"]];
        if (refused.Length > 0)
        {
            return Forbidden((List ?? read)!, refused, evidence);
        }

        if (delete is not null)
        {
            return new Observation(Verdict.Degraded, $"a canary was written and could not be deleted: {key}")
            {
                Evidence = evidence,
                ErrorId = "StorageCanaryStays",
                Cause = delete.Cause,
                Remedy = $"Delete {key}, and see that s3:DeleteObject is allowed on {Place}acode_canary/*.",
            };
        }

        string tried = Definition.Role.IsKept() ? "listed, written and read" : "listed, written, read and deleted";
        return encryption is null
            ? new Observation(Verdict.Degraded, $"{tried}; what is written is not encrypted")
            {
                Evidence = evidence,
                ErrorId = "StorageNotEncrypted",
                Remedy = $"Set the default encryption of bucket {Definition.Bucket}.",
            }
            : new Observation(Verdict.Healthy, $"{tried}; encrypted ({encryption})") { Evidence = evidence };
    }

    // What is not known of the bucket, and which leave would tell it.
    private string[] NotTold => Traits is null
        ? []
        :
        [
            .. Traits.DefaultEncryption is null ? ["not told: whether it encrypts by itself (s3:GetEncryptionConfiguration)"] : Array.Empty<string>(),
            .. Traits.HasVersioning is null ? ["not told: whether it keeps versions (s3:GetBucketVersioning)"] : Array.Empty<string>(),
            .. Traits.HasObjectLock is null ? ["not told: whether it locks objects (s3:GetBucketObjectLockConfiguration)"] : Array.Empty<string>(),
        ];

    private static string Done(AcodeException? failure) => failure is null ? "done" : $"{failure.Id} ({failure.Cause})";

    private Observation Forbidden(AcodeException failure, string[] refused, string[] evidence) =>
        new(Verdict.Unknown, $"we may not {string.Join(" and ", refused)} here: {failure.Message}")
        {
            Evidence = evidence,
            ErrorId = failure.Id,
            Cause = failure.Cause,
            Remedy = $"Allow {string.Join(", ", refused.Select(Permission))} on {Place}, or use another profile.",
        };

    private static string Permission(string act) => act switch
    {
        "list" => "s3:ListBucket",
        "write" => "s3:PutObject",
        _ => "s3:GetObject",
    };
}
