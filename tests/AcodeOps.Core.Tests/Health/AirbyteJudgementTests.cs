using AcodeOps.Health;
using AcodeOps.Health.Probes;

namespace AcodeOps.Core.Tests.Health;

public sealed class AirbyteJudgementTests
{
    private static readonly AirbyteDefinition Definition = new() { Url = new Uri("http://user:hidden@airbyte-server:8001"), Authentication = AirbyteAuthentication.ClientCredentials };
    private static readonly AirbyteInstance Instance = new("2.0.0", "community", "simple");

    [Fact]
    public void An_answer_and_a_welcome_are_healthy()
    {
        Observation seen = AirbyteJudgement.Judge(Definition, Instance, null);
        Assert.Equal((Verdict.Healthy, "Airbyte 2.0.0 answers and lets us in."), (seen.Verdict, seen.Summary));
        Assert.DoesNotContain("hidden", string.Join(' ', seen.Evidence));
    }

    [Theory]
    [InlineData(FailureClass.Authentication, Verdict.Unknown)]
    [InlineData(FailureClass.Permission, Verdict.Unknown)]
    [InlineData(FailureClass.Throttled, Verdict.Degraded)]
    [InlineData(FailureClass.ServerFault, Verdict.Failed)]
    public void A_wrong_password_is_not_an_outage(FailureClass cause, Verdict verdict)
    {
        Observation seen = AirbyteJudgement.Judge(Definition, Instance, new AcodeException("X", cause, "refused") { Advice = "do this" });
        Assert.Equal((verdict, cause, "do this"), (seen.Verdict, seen.Cause, seen.Remedy));
        Assert.Contains("version: 2.0.0", seen.Evidence);
    }

    [Fact]
    public void A_server_that_wants_a_credential_which_the_environment_does_not_name_is_told_so() => Assert.Contains(
        "airbyte.authentication",
        AirbyteJudgement.Judge(Definition with { Authentication = AirbyteAuthentication.None }, Instance, new AcodeException("X", FailureClass.Authentication, "no")).Remedy);
}
