using AcodeOps.Health;

namespace AcodeOps.Core.Tests.Health;

public sealed class StorageSightingTests
{
    private const string Key = "lake/acode_canary/1";
    private static readonly StorageDefinition Definition = new() { Role = StorageRole.Primary, Bucket = "b", Prefix = "lake/" };
    private static readonly AcodeException Denied = new("StorageAccessDenied", FailureClass.Permission, "no");
    private static readonly AcodeException Broken = new("StorageServerFault", FailureClass.ServerFault, "no");

    public static TheoryData<bool, bool, string, string?, bool, Verdict, string?> Sightings => new()
    {
        // list refused, read refused, delete, encryption, differs -> verdict, id
        { false, false, "done", "AES256", false, Verdict.Healthy, null },
        { false, false, "done", "aws:kms", false, Verdict.Healthy, null },
        { false, false, "done", null, false, Verdict.Degraded, "StorageNotEncrypted" },
        { false, false, "denied", "AES256", false, Verdict.Degraded, "StorageCanaryStays" },
        { false, false, "broken", null, false, Verdict.Degraded, "StorageCanaryStays" },
        { true, false, "done", "AES256", false, Verdict.Unknown, "StorageAccessDenied" },
        { false, true, "done", null, false, Verdict.Unknown, "StorageAccessDenied" },
        { true, true, "denied", null, false, Verdict.Unknown, "StorageAccessDenied" },
        { false, false, "done", "AES256", true, Verdict.Failed, "StorageCanaryDiffers" },
        { true, false, "denied", null, true, Verdict.Failed, "StorageCanaryDiffers" },
    };

    [Theory]
    [MemberData(nameof(Sightings))]
    public void What_was_seen_is_judged(bool listRefused, bool readRefused, string delete, string? encryption, bool differs, Verdict verdict, string? id)
    {
        AcodeException? deletion = delete switch { "denied" => Denied, "broken" => Broken, _ => null };
        Observation seen = new StorageSighting(Definition, listRefused ? Denied : null)
            .Judge(Key, readRefused ? Denied : null, deletion, encryption, differs, isPurged: true);
        Assert.Equal((verdict, id), (seen.Verdict, seen.ErrorId));
        Assert.Equal(verdict == Verdict.Healthy, seen.Remedy is null);
        Assert.Contains(seen.Evidence, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_refused_names_everything()
    {
        Observation seen = new StorageSighting(Definition, Denied).Unwritable(Denied);
        Assert.Equal((Verdict.Unknown, FailureClass.Permission), (seen.Verdict, seen.Cause));
        Assert.Contains("list and write", seen.Summary, StringComparison.Ordinal);
        Assert.Contains("s3:ListBucket, s3:PutObject", seen.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, Verdict.Healthy)]
    [InlineData(5.4, Verdict.Healthy)]
    [InlineData(-5.6, Verdict.Degraded)]
    [InlineData(3600, Verdict.Failed)]
    [InlineData(-3600, Verdict.Failed)]
    public void A_clock_is_judged_by_its_distance(double offsetSeconds, Verdict verdict)
    {
        DateTimeOffset server = DateTimeOffset.UnixEpoch;
        Observation seen = StorageClockProbe.Judge(
            new BucketTraits(null, null, null) { ServerTimeAt = server, LocalTimeAt = server.AddSeconds(offsetSeconds) }, objectiveSeconds: 5);
        Assert.Equal((verdict, offsetSeconds), (seen.Verdict, seen.Value));
    }

    [Fact]
    public void A_clock_that_is_not_told_is_unknown() =>
        Assert.Equal(Verdict.Unknown, StorageClockProbe.Judge(new BucketTraits(null, null, null), objectiveSeconds: 5).Verdict);

    [Theory]
    [InlineData(FailureClass.NotFound, Verdict.Failed)]
    [InlineData(FailureClass.InvalidInput, Verdict.Failed)]
    [InlineData(FailureClass.Permission, Verdict.Unknown)]
    [InlineData(FailureClass.Unknown, Verdict.Unknown)]
    [InlineData(FailureClass.Timeout, Verdict.Unknown)]
    public void A_secret_that_cannot_be_asked_for_is_unknown_and_one_that_is_missing_is_failed(FailureClass failure, Verdict verdict) =>
        Assert.Equal(verdict, new SecretProbe().OnFailure(failure));
}
