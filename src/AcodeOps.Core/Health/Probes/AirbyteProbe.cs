namespace AcodeOps.Health.Probes;

/// <summary>Airbyte answers, and lets us in.</summary>
public sealed class AirbyteProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Airbyte;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => ["airbyte"];

    /// <inheritdoc />
    public override Verdict OnFailure(FailureClass failure) => failure.ReachabilityVerdict();

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        IAirbyteServer airbyte = context.Installation.Airbyte;
        AirbyteDefinition definition = context.Environment.Airbyte;
        Task<AcodeException?> access = AuthenticateAsync(airbyte, cancel);
        AirbyteInstance instance = await airbyte.ReadInstanceAsync(cancel).ConfigureAwait(false);
        return AirbyteJudgement.Judge(definition, instance, await access.ConfigureAwait(false));
    }

    private static async Task<AcodeException?> AuthenticateAsync(IAirbyteServer airbyte, CancellationToken cancel)
    {
        try
        {
            await airbyte.AuthenticateAsync(cancel).ConfigureAwait(false);
            return null;
        }
        catch (AcodeException failure)
        {
            return failure;
        }
    }
}
