namespace AcodeOps.Health.Probes;

/// <summary>Judges an Airbyte server that answers.</summary>
internal static class AirbyteJudgement
{
    /// <param name="definition">What the environment says of it.</param>
    /// <param name="instance">What it says of itself.</param>
    /// <param name="refusal">Why we were not let in; null when we were.</param>
    public static Observation Judge(AirbyteDefinition definition, AirbyteInstance instance, AcodeException? refusal)
    {
        string name = instance.Version is { } version ? $"Airbyte {version}" : "Airbyte";
        IReadOnlyList<string> evidence =
        [
            $"address: {definition.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped)}",
            $"version: {instance.Version ?? "not told"}",
            $"edition: {instance.Edition ?? "not told"}",
            $"its authentication: {instance.AuthenticationMode ?? "not told"}; ours: {definition.Authentication}",
        ];
        if (refusal is null)
        {
            return new Observation(Verdict.Healthy, $"{name} answers and lets us in.") { Evidence = evidence };
        }

        bool isUnasked = definition.Authentication == AirbyteAuthentication.None && refusal.Cause == FailureClass.Authentication;
        return new Observation(refusal.Cause.ReachabilityVerdict(), $"{name} answers, but: {refusal.Message}")
        {
            Evidence = evidence,
            Cause = refusal.Cause,
            ErrorId = refusal.Id,
            Remedy = isUnasked
                ? "Set airbyte.authentication and airbyte.credential in the environment file: this server lets nobody in without."
                : refusal.Advice,
        };
    }
}
