using System.Globalization;

namespace AcodeOps.Tuning.Settings;

/// <summary>Judges how a server is set by all rules.</summary>
public static class SettingAdvisor
{
    private static readonly string[] Durability = ["innodb_flush_log_at_trx_commit", "sync_binlog", "innodb_doublewrite"];

    /// <summary>All rules, by their ids.</summary>
    public static IReadOnlyList<SettingRule> Rules { get; } = [.. Discovered.Of<SettingRule>().OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <summary>
    /// The changes that are proposed, the most important first. One that would let the worst case of memory grow beyond the machine's
    /// is left out.
    /// </summary>
    public static IReadOnlyList<SettingChange> Judge(ServerSettings server)
    {
        ArgumentNullException.ThrowIfNull(server);
        SettingChange[] proposed = [.. Rules.Select(rule => rule.Judge(server)).OfType<SettingChange>().Where(change => Fits(change, server))];
        return [.. proposed.Concat(Unsaved(server, proposed)).OrderByDescending(change => change.Severity)];
    }

    /// <summary>A change as a finding about a source.</summary>
    public static Finding Finding(SettingChange change, SourceDefinition source, ServerVersion version)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(version);
        return new Finding
        {
            Rule = change.Rule,
            Severity = change.Severity,
            Target = $"{source.Role} source, {change.Variable}",
            Message = change.Problem,
            Current = change.Current,
            Proposed = change.Proposed,
            Evidence = $"{change.Evidence} {version}.",
            Remedy = $"{change.Gain}{(change.Risk is null ? "" : $" {change.Risk}")} {SettingStatements.How(change, version, source.IsPartners)} To go back: {change.Current}.",
            Fingerprint = $"{source.Role}:{change.Rule}:{change.Variable}",
        };
    }

    // Whoever set it while the server ran meant it to stay. What makes commits less sure is not to be kept.
    private static IEnumerable<SettingChange> Unsaved(ServerSettings server, SettingChange[] proposed) => SettingCatalog.Names
        .Where(name => server.Unsaved?.Contains(name) == true && server.Text(name) is { } value && (value is "1" or "ON" || !Durability.Contains(name)) && !proposed.Any(change => change.Variable == name))
        .Select(name => new SettingChange
        {
            Rule = "SettingNotSaved",
            Severity = FindingSeverity.Warning,
            Variable = name,
            Current = server.Text(name)!,
            Proposed = server.Text(name)!,
            Effect = SettingEffect.Now,
            Problem = $"{name} was set while the server ran, and the next start loses it.",
            Evidence = "The server tells that the value comes from a statement and from no file.",
            Gain = "It stays.",
        });

    private static bool Fits(SettingChange change, ServerSettings server) =>
        server.MachineBytes is not { } machine || !long.TryParse(change.Proposed, NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
        || server.Memory(new Dictionary<string, long> { [change.Variable] = value }).Total is var total && (total <= machine || total <= server.Memory().Total);
}
