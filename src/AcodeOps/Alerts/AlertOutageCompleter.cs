using AcodeOps.Alerts.Outages;
using AcodeOps.Shell;

namespace AcodeOps.Alerts;

/// <summary>Completes the names of the outages that rules are tried in, each with what happens in it.</summary>
public sealed class AlertOutageCompleter : NameCompleter
{
    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names() => OutageCatalog.All.Select(outage => (outage.Id, (string?)outage.Title));
}
