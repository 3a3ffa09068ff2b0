using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;

namespace AcodeOps.Lab.Faults;

/// <summary>S3 that fails, is slow, or does not let its user in.</summary>
internal static class StorageFaults
{
    // Not the policy calls: the way back must stay open.
    private const string Forbidden = """
        "s3:ListBucket","s3:ListBucketVersions","s3:GetBucketLocation","s3:GetObject","s3:GetObjectVersion","s3:PutObject","s3:DeleteObject","s3:DeleteObjectVersion"
        """;

    private static readonly IReadOnlyDictionary<string, string> Buckets = new Dictionary<string, string>
    {
        ["primary"] = StorageBuckets.Primary,
        ["backup"] = StorageBuckets.Backup,
        ["emergency"] = StorageBuckets.Emergency,
        ["quarantine"] = StorageBuckets.Quarantine,
        ["audit"] = StorageBuckets.Audit,
        ["archive"] = StorageBuckets.Archive,
    };

    private static readonly IReadOnlyList<string> Droppable = [.. Buckets.Keys.Where(k => k != "audit")];

    public static IReadOnlyList<LabFault> All { get; } =
    [
        new("storage-error", "[STATUS]", "S3 answers each request with an error (503)",
            (lab, a, c) => lab.Services.SetStorageAsync(new ProxyBehavior(ProxyMode.Error, LabFaults.Number(a, 0, 503)), c), PassAsync),
        new("storage-slow", "MILLISECONDS", "S3 takes so long for each request",
            (lab, a, c) => lab.Services.SetStorageAsync(new ProxyBehavior(DelayMilliseconds: LabFaults.Number(a, 0, 3000)), c), PassAsync),
        new("storage-silent", "", "S3 takes requests and never answers", (lab, _, c) => lab.Services.SetStorageAsync(new ProxyBehavior(ProxyMode.Silent), c), PassAsync),
        new("storage-reset", "", "S3 closes each connection", (lab, _, c) => lab.Services.SetStorageAsync(new ProxyBehavior(ProxyMode.Reset), c), PassAsync),
        new("forbid-bucket", string.Join('|', Buckets.Keys), "a bucket policy denies listing, reading and writing", ForbidAsync, AllowAsync),
        new("drop-bucket", string.Join('|', Droppable), "the bucket is deleted with everything in it; the undo makes it again, empty",
            (lab, a, c) => AsAdministrator(lab, s => s.DropBucketAsync(Buckets[LabFaults.Argument(a, 0, Droppable)], c)),
            (lab, a, c) => AsAdministrator(lab, s => s.MakeBucketAsync(Buckets[a[0]], c))),
        new("revoke-key", "", "the key of the installation is deleted: InvalidAccessKeyId",
            (lab, _, c) => lab.Storage.RemoveKeyAsync(lab.Installation, c), (lab, _, c) => lab.Storage.AddKeyAsync(lab.Installation, c)),
    ];

    private static Task PassAsync(LabSite lab, string[] arguments, CancellationToken cancel) => lab.Services.SetStorageAsync(new ProxyBehavior(), cancel);

    private static Task ForbidAsync(LabSite lab, string[] arguments, CancellationToken cancel)
    {
        string bucket = Buckets[LabFaults.Argument(arguments, 0, [.. Buckets.Keys])];
        string policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":[" + Forbidden.Trim()
            + $"],\"Resource\":[\"arn:aws:s3:::{bucket}\",\"arn:aws:s3:::{bucket}/*\"]}}]}}";
        return AsAdministrator(lab, s => s.PutBucketPolicyAsync(bucket, policy, cancel));
    }

    private static Task AllowAsync(LabSite lab, string[] arguments, CancellationToken cancel) =>
        AsAdministrator(lab, s => s.DeleteBucketPolicyAsync(Buckets[arguments[0]], cancel));

    private static async Task AsAdministrator(LabSite lab, Func<IAmazonS3, Task> act)
    {
        using AmazonS3Client storage = lab.OpenStorageAsAdministrator();
        await act(storage);
    }
}
