using System.Globalization;

namespace AcodeOps.Health;

/// <summary>Does the MySQL server answer: connect, log in, one statement.</summary>
public sealed class SourceProbe : HealthProbe
{
    /// <inheritdoc />
    public override HealthComponent Component => HealthComponent.Source;

    /// <inheritdoc />
    public override IEnumerable<string> Targets(AcodeEnvironment environment) => environment.SourceNames();

    /// <inheritdoc />
    public override Verdict OnFailure(FailureClass failure) => failure.ReachabilityVerdict();

    /// <inheritdoc />
    public override AcodeException OnTimeout(HealthContext context, string target, TimeSpan timeout)
    {
        // A host that swallows packets, or a server that accepts and says nothing.
        SourceDefinition? definition = context.Environment.FindSource(SourceTargets.RoleOf(target));
        return new AcodeException("SourceTimedOut", FailureClass.Timeout, $"{definition} did not answer in time.")
        {
            Advice = "Look at the route, the VPN and the firewall between here and there, and whether the server hangs; "
                + (definition?.IsPartners == true ? "it is the partner's: call them; Get-AcodeRoute shows the ways around it." : "repeat with a larger -TimeoutSeconds to tell slow from dead."),
            Subject = definition,
        };
    }

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(HealthContext context, string target, CancellationToken cancel)
    {
        SourceServer server = await context.ServerAsync(SourceTargets.RoleOf(target)).ConfigureAwait(false);
        string encryption = server.TlsVersion ?? "not encrypted";
        return new Observation(Verdict.Healthy, string.Create(CultureInfo.InvariantCulture, $"{NameOf(server.Flavor)} {server.Version} answers in {server.RoundTripMs:0.#} ms, {encryption}."))
        {
            Value = server.RoundTripMs,
            Unit = "ms",
            Evidence =
            [
                $"version {server.Version} ({NameOf(server.Flavor)})",
                $"connection {encryption}",
                string.Create(CultureInfo.InvariantCulture, $"round trip {server.RoundTripMs:0.##} ms"),
                server.IsReadOnly ? "refuses ordinary writes" : "accepts writes",
            ],
        };
    }

    private static string NameOf(SourceFlavor flavor) => flavor == SourceFlavor.MariaDb ? "MariaDB" : "MySQL";
}
