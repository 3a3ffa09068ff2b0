using AcodeOps.Secrets;

namespace AcodeOps.Health;

/// <summary>Can the credentials that the environment refers to be read, and how old are they?</summary>
public sealed class SecretProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Secret;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => CredentialReferences.Of(environment)
        // A channel whose secret cannot be read is silent in the night that it is for.
        .Concat(environment.Notifications.Select(channel => channel.Credential).OfType<CredentialReference>())
        .Select(reference => reference.ToString()).Distinct();

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        Credential credential = await ReadAsync(context, target).ConfigureAwait(false);
        return Judge(credential, context.Now);
    }

    /// <summary>A credential as its holder has it now, read once a round.</summary>
    internal static Task<Credential> ReadAsync(HealthContext context, string target) => context.OnceAsync(
        (typeof(Credential), target), cancel => context.Installation.Credentials.RefreshAsync(CredentialReferences.Parse(target), cancel));

    /// <summary>A secret that is missing or malformed is a fault; whatever keeps its holder from answering leaves it untold.</summary>
    public override Verdict OnFailure(FailureClass failure) =>
        failure is FailureClass.NotFound or FailureClass.InvalidInput ? Verdict.Failed : Verdict.Unknown;

    internal static Observation Judge(Credential credential, DateTimeOffset now)
    {
        double? days = credential.CreatedAt is { } created ? Math.Max(0, (now - created).TotalDays) : null;
        return new Observation(Verdict.Healthy, days is null ? "readable" : FormattableString.Invariant($"readable, {days:0} days old"))
        {
            Value = days,
            Unit = days is null ? null : "d",
            Evidence =
            [
                .. credential.UserName is { } user ? [$"user: {user}"] : Array.Empty<string>(),
                .. credential.VersionId is { } version ? [$"version: {version}"] : Array.Empty<string>(),
            ],
        };
    }
}
