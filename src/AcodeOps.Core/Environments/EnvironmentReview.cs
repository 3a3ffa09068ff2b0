using System.Net;
using AcodeOps.Documents;
using AcodeOps.Environments.Reading;
using AcodeOps.Environments.Sections;

namespace AcodeOps.Environments;

/// <summary>
/// What is doubtful about an environment that is good as a file. To add a rule, add a line to <see cref="Rules"/>: its id,
/// and what it has to say.
/// </summary>
internal static class EnvironmentReview
{
    private static readonly (string Id, Func<AcodeEnvironment, IEnumerable<Doubt>> Look)[] Rules =
    [
        ("TlsOff", TlsOff),
        ("CertificateAuthorityUnused", CertificateAuthorityUnused),
        ("AdministratorUnused", AdministratorUnused),
        ("PlainHttp", PlainHttp),
        ("CredentialUnused", CredentialUnused),
        ("SameSource", SameSource),
        ("SameStorage", SameStorage),
        ("BackupSourceMissing", e => Missing(e.FindSource(SourceRole.Backup), "sources", "no backup source: when the primary is down, ingestion is down.", "Add sources.backup.")),
        ("AuditStorageMissing", e => Missing(e.FindStorage(StorageRole.Audit), "storages", "no audit storage: records stay in the spool folder of each machine.", "Add storages.audit.")),
        ("AlternativeRouteMissing", AlternativeRouteMissing),
        ("RouteMissing", RouteMissing),
        ("WarningAfterObjective", WarningAfterObjective),
        ("LegalBasisMissing", LegalBasisMissing),
    ];

    /// <summary>Reports all doubts, each at the part of the file that it is about.</summary>
    public static void Report(NamedEnvironment named, FindingList findings)
    {
        foreach ((string id, Func<AcodeEnvironment, IEnumerable<Doubt>> look) in Rules)
        {
            foreach (Doubt doubt in look(named.Environment))
            {
                findings.Add(Locate(named.Node, doubt.Keys), string.Join('.', [named.Path, .. doubt.Keys]), new(id, doubt.Message, FindingSeverity.Warning)
                {
                    Remedy = doubt.Remedy,
                });
            }
        }
    }

    // The value that the keys lead to; where a key is not written, the nearest part that is.
    private static DocumentNode Locate(DocumentNode node, IEnumerable<string> keys)
    {
        foreach (string key in keys)
        {
            DocumentNode? below = node is MappingNode mapping ? mapping.Entries.FirstOrDefault(e => e.Key.Value == key).Value : null;
            if (below is null)
            {
                break;
            }

            node = below;
        }

        return node;
    }

    private static IEnumerable<Doubt> TlsOff(AcodeEnvironment e) => e.Sources
        .Where(s => s.Tls == TlsRequirement.Off && !(s.Host is not null && IsLoopback(s.Host)))
        .Select(s => new Doubt(["sources", Key(s.Role), "tls"], $"The {Key(s.Role)} source is reached without encryption: password and data can be read on the way.", "Write tls: verify."));

    private static IEnumerable<Doubt> CertificateAuthorityUnused(AcodeEnvironment e) => e.Sources
        .Where(s => s is { CertificateAuthority: not null, Tls: TlsRequirement.Off or TlsRequirement.Required })
        .Select(s => new Doubt(["sources", Key(s.Role), "certificateAuthority"], $"The certificate authority is not asked: tls is {Key(s.Tls)}.", "Write tls: verify."));

    private static IEnumerable<Doubt> AdministratorUnused(AcodeEnvironment e) => e.Sources
        .Where(s => s is { Administrator: not null, IsPartners: true })
        .Select(s => new Doubt(["sources", Key(s.Role), "administrator"], $"The administrator of the {Key(s.Role)} source is never asked: the server is a partner's, and nothing of it is changed.", "Take it out; or write partner: false where the server is your own."));

    private static IEnumerable<Doubt> PlainHttp(AcodeEnvironment e)
    {
        if (e.Airbyte is { Authentication: not AirbyteAuthentication.None, Url: { Scheme: "http", IsLoopback: false } })
        {
            yield return new Doubt(["airbyte", "url"], "The Airbyte credential is sent over http, where it can be read on the way.", "Use https, or be sure of the network between.");
        }

        foreach (MetricSinkDefinition sink in e.Metrics.Sinks.Where(sink => sink is { Headers: not null, Endpoint: { Scheme: "http", IsLoopback: false } }))
        {
            yield return new Doubt(["metrics", "sinks", sink.Name, "endpoint"], $"The headers of sink {sink.Name} are sent over http, where they can be read on the way.", "Use https, or be sure of the network between.");
        }
    }

    private static IEnumerable<Doubt> CredentialUnused(AcodeEnvironment e)
    {
        if (e.Airbyte is { Authentication: AirbyteAuthentication.None, Credential: not null })
        {
            yield return new Doubt(["airbyte", "credential"], "The Airbyte credential is not used: authentication is none.", "Write authentication: clientCredentials or basic, or leave the credential out.");
        }
    }

    private static IEnumerable<Doubt> SameSource(AcodeEnvironment e)
    {
        if (e.FindSource(SourceRole.Primary) is { } primary && e.FindSource(SourceRole.Backup) is { } backup
            && (primary.Host, primary.Port ?? 3306) == (backup.Host, backup.Port ?? 3306)
            && (primary.Host is not null || primary.Credential == backup.Credential))
        {
            yield return new Doubt(["sources", "backup"], "The backup source is the same server as the primary: there is no redundancy.", "Name the replica.");
        }
    }

    private static IEnumerable<Doubt> SameStorage(AcodeEnvironment e) =>
        from later in e.Storages
        from earlier in e.Storages.TakeWhile(s => s != later)
        where earlier.Bucket == later.Bucket
            && (earlier.Prefix.StartsWith(later.Prefix, StringComparison.Ordinal) || later.Prefix.StartsWith(earlier.Prefix, StringComparison.Ordinal))
        select new Doubt(
            ["storages", Key(later.Role)],
            $"The {Key(later.Role)} and the {Key(earlier.Role)} storage overlap in bucket '{later.Bucket}': objects of one are taken for the other's.",
            "Give each its own bucket, or prefixes of which none is within the other.");

    private static IEnumerable<Doubt> AlternativeRouteMissing(AcodeEnvironment e)
    {
        if (e.Routes.Count == 1)
        {
            yield return new Doubt(["routes"], "There is one route only: nothing can be switched to.", "Create an Airbyte connection for another route and add it.");
        }
    }

    private static IEnumerable<Doubt> RouteMissing(AcodeEnvironment e) =>
        from storage in e.Storages.Where(s => s.Role is StorageRole.Primary or StorageRole.Backup)
        from source in e.Sources
        where !e.Routes.Any(r => r.Source == source.Role && r.Storage == storage.Role)
        select new Doubt(
            ["routes"],
            $"No route leads from the {Key(source.Role)} source to the {Key(storage.Role)} storage ({RouteDefinition.NameOf(source.Role, storage.Role)}).",
            "Create an Airbyte connection for it and add the route, so that it can be switched to when it is needed.");

    private static IEnumerable<Doubt> WarningAfterObjective(AcodeEnvironment e)
    {
        if (e.Objectives.FreshnessWarningHours >= e.Objectives.FreshnessHours)
        {
            yield return new Doubt(["objectives", "freshnessWarningHours"], "The freshness warning does not come before the objective is missed.", "Make it smaller than freshnessHours.");
        }
    }

    private static IEnumerable<Doubt> LegalBasisMissing(AcodeEnvironment e)
    {
        if (e.Audit is { Lock: AuditLock.Compliance, LegalBasis: null })
        {
            yield return new Doubt(["audit", "lock"], "Records are locked for good, and no legal basis says why.", "Write audit.legalBasis in the company's own words.");
        }
    }

    private static IEnumerable<Doubt> Missing(object? part, string section, string message, string remedy) =>
        part is null ? [new Doubt([section], $"There is {message}", remedy)] : [];

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private static string Key<T>(T value) where T : struct, Enum => ValueKinds.CamelCase(value);

    private sealed record Doubt(string[] Keys, string Message, string Remedy);
}
