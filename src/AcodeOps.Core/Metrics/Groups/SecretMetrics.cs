using AcodeOps.Health;
using AcodeOps.Secrets;

namespace AcodeOps.Metrics.Groups;

/// <summary>How old the secrets in Secrets Manager are. Variables of the environment have no age.</summary>
internal sealed class SecretMetrics : MetricGroup<Credential>
{
    /// <inheritdoc />
    protected override string TargetTag => "secret";

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) =>
        new SecretProbe().Targets(environment).Where(target => CredentialReference.TryParse(target)?.Holder == CredentialHolder.SecretsManager);

    /// <inheritdoc />
    protected override Task<Credential> ReadAsync(HealthContext context, string target, CancellationToken cancel) => SecretProbe.ReadAsync(context, target);

    /// <inheritdoc />
    protected override IEnumerable<MetricEntry<Credential>> Make() =>
    [
        new(new("acode.secret_age_days", MetricKind.Gauge, "d", MetricCategory.Technical, "The age of the present version of a secret.") { Tags = ["secret"], Objective = "rotationDays" },
            (credential, context) => [MetricValue.OrUnknown(
                credential.CreatedAt is { } at ? Math.Max(0, (context.Now - at).TotalDays) : null, "SecretAgeUnknown", "Its holder does not tell when it was made.")]),
    ];
}
