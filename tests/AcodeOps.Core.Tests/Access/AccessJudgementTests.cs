using AcodeOps.Access;

namespace AcodeOps.Core.Tests.Access;

public sealed class AccessJudgementTests
{
    private static readonly AwsPermission Permission = new("s3:GetObject", "arn:aws:s3:::lake/*") { Subject = "Lakes" };

    [Theory]
    [InlineData(AccessAnswer.Allowed, null, "")]
    [InlineData(AccessAnswer.Allowed, AccessAnswer.Allowed, "")]
    [InlineData(AccessAnswer.Allowed, AccessAnswer.Denied, "Warning AccessSimulatorDiffers")]
    [InlineData(AccessAnswer.Denied, null, "Error AccessMissing")]
    [InlineData(AccessAnswer.Denied, AccessAnswer.Denied, "Error AccessMissing")]
    [InlineData(AccessAnswer.Denied, AccessAnswer.Allowed, "Warning AccessSimulatorDiffers, Error AccessMissing")]
    [InlineData(AccessAnswer.Unknown, null, "Warning AccessUnknown")]
    [InlineData(AccessAnswer.Unknown, AccessAnswer.Unknown, "Warning AccessUnknown")]
    [InlineData(AccessAnswer.Unknown, AccessAnswer.Allowed, "Information AccessNotTried")]
    [InlineData(AccessAnswer.Unknown, AccessAnswer.Denied, "Error AccessMissing")]
    public void A_call_counts_more_than_the_simulator_and_unknown_is_never_allowed(AccessAnswer tried, AccessAnswer? simulated, string expected)
    {
        IEnumerable<Finding> found = AccessJudgement.Of(
            new NeededPermission(Permission, ["Get-One", "Get-Two"]), new AccessTrial(tried, "a call"), simulated is { } answer ? new AccessTrial(answer, "told") : null);
        Assert.Equal(expected, string.Join(", ", found.Select(finding => $"{finding.Severity} {finding.Rule}")));
    }

    [Theory]
    [InlineData(AccessAnswer.Allowed, "Warning AccessTooWide")]
    [InlineData(AccessAnswer.Unknown, "Information AccessUnknown")]
    [InlineData(AccessAnswer.Denied, "")]
    public void What_nobody_should_be_able_to_do_is_told(AccessAnswer tried, string expected) =>
        Assert.Equal(expected, string.Join(", ", AccessJudgement.OfExcess(Permission, new AccessTrial(tried, "a call")).Select(finding => $"{finding.Severity} {finding.Rule}")));
}
