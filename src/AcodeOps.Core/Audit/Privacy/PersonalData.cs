using System.Text.RegularExpressions;

namespace AcodeOps.Audit;

/// <summary>
/// Keeps personal data out of records, which cannot be deleted before their time: what people hand in is recorded under allowed names
/// only, addresses and CPF numbers are taken out of their words, and with a key the caller's name is a keyed hash.
/// </summary>
/// <param name="allowed">Names that the environment allows besides.</param>
/// <param name="pseudonyms">Stand in for what is not allowed; null where the environment names no key.</param>
internal sealed partial class PersonalData(IReadOnlyCollection<string> allowed, Pseudonyms? pseudonyms)
{
    /// <summary>What stands in the place of what is not allowed, where there is no key.</summary>
    public const string Withheld = "(withheld)";

    // What operations are about: parts of the installation, figures, changes; no name of a person among them.
    private static readonly HashSet<string> Always = new(StringComparer.OrdinalIgnoreCase)
    {
        "act", "action", "backup", "branch", "bucket", "build", "bytes", "change", "check", "cluster", "command", "commit", "component", "connection",
        "connection_id", "count", "created_at", "cursor", "database", "day", "days", "destination", "drill", "duration", "duration_ms", "duration_seconds", "environment",
        "error", "error_id", "exit_code", "first_day", "from", "host", "hours", "id", "job", "job_id", "key", "kind", "lag_seconds", "last_day", "latency_ms", "lease", "location",
        "log", "measured", "mode", "namespace", "objects", "outcome", "path", "percent", "pipeline", "pod", "port", "prefix", "reference", "region", "release", "replica", "rotation",
        "route", "rows", "rule", "run", "run_id", "schema", "seconds", "server", "severity", "size", "source", "stage", "started_at", "state", "status", "step", "storage", "strategy",
        "stream", "sync", "sync_id", "table", "tables", "target", "threshold", "ticket", "time", "to", "unit", "url", "value", "verdict", "version", "version_id", "window", "workflow",
        "workspace",
    };

    /// <summary>What was handed in, with what is not allowed taken out.</summary>
    /// <param name="details">Clean facts.</param>
    /// <param name="withheld">Is told the names that are not allowed.</param>
    public Dictionary<string, object?> Filter(IReadOnlyDictionary<string, object?> details, ICollection<string> withheld) =>
        details.ToDictionary(fact => fact.Key, fact => IsAllowed(fact.Key) ? Allowed(fact.Value, withheld) : StandIn(fact, withheld), StringComparer.Ordinal);

    /// <summary>Words of a person, with mail addresses and CPF numbers taken out.</summary>
    public string? Words(string? text) => text is null ? null : Telling().Replace(text, found => Of(found.Value));

    /// <summary>The user's name; with a key, its hash.</summary>
    public string User(string name) => pseudonyms?.Of(name) ?? name;

    /// <summary>An ARN; with a key, the name at its end as a hash: the account and the role stay.</summary>
    public string? Arn(string? arn) => pseudonyms is null || arn is null || arn.LastIndexOf('/') is not (> 0 and var slash) ? arn : $"{arn[..(slash + 1)]}{pseudonyms.Of(arn[(slash + 1)..])}";

    private bool IsAllowed(string name) => Always.Contains(name) || allowed.Contains(name, StringComparer.OrdinalIgnoreCase);

    private object? Allowed(object? value, ICollection<string> withheld) => value switch
    {
        string text => Words(text),
        IReadOnlyDictionary<string, object?> map => Filter(map, withheld),
        IEnumerable<object?> list => list.Select(item => Allowed(item, withheld)).ToList(),
        _ => value,
    };

    // Masked secrets, nothing and truth values name nobody.
    private object? StandIn(KeyValuePair<string, object?> fact, ICollection<string> withheld)
    {
        if (fact.Value is null or bool or SecretMask.Mask)
        {
            return fact.Value;
        }

        withheld.Add(fact.Key);
        return pseudonyms?.Of(fact.Value as string ?? System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(fact.Value))) ?? Withheld;
    }

    private string Of(string text) => pseudonyms?.Of(text) ?? Withheld;

    // A mail address, or a CPF number as people write it.
    [GeneratedRegex(@"[\w.+%-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}|\b\d{3}\.\d{3}\.\d{3}-\d{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Telling();
}
