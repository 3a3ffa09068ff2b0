using System.Text;

namespace AcodeOps.Access;

/// <summary>Draws what cmdlets declare, and what that comes to, as tables for the documentation.</summary>
public static class AccessTable
{
    private static readonly AccessRole[] Roles = [.. Enum.GetValues<AccessRole>().Where(role => role != AccessRole.Everyone)];

    /// <summary>The tables as Markdown: cmdlets and their needs, then needs and their permissions.</summary>
    public static string Write(IReadOnlyList<CmdletAccess> cmdlets)
    {
        ArgumentNullException.ThrowIfNull(cmdlets);
        StringBuilder text = new("| cmdlet | whose work | needs |\n|---|---|---|\n");
        foreach (CmdletAccess cmdlet in cmdlets)
        {
            text.Append("| `").Append(cmdlet.Name).Append("` | ").Append(Whose(cmdlet)).Append(" | ").Append(NeedsOf(cmdlet)).Append(" |\n");
        }

        text.Append("\n| need | permissions |\n|---|---|\n");
        foreach (Need need in Enum.GetValues<Need>())
        {
            text.Append("| ").Append(need).Append(" | ").Append(string.Join("; ", NeedCatalog.Of(need).Select(Describe))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Whose(CmdletAccess cmdlet) => cmdlet.Roles == AccessRole.Everyone
        ? "everyone"
        : string.Join(", ", Roles.Where(role => cmdlet.Roles.HasFlag(role)).Select(AccessPolicy.NameOf));

    // What every role of the cmdlet needs, and what one needs besides.
    private static string NeedsOf(CmdletAccess cmdlet)
    {
        (AccessRole Role, IReadOnlyList<Need> Needs)[] each = [.. Roles.Where(role => cmdlet.Roles.HasFlag(role)).Select(role => (role, cmdlet.For(role)))];
        Need[] shared = [.. cmdlet.All.Where(need => each.All(one => one.Needs.Contains(need)))];
        IEnumerable<string> besides = each.Where(one => one.Needs.Except(shared).Any())
            .Select(one => $"{AccessPolicy.NameOf(one.Role)} besides: {string.Join(", ", one.Needs.Except(shared))}");
        return string.Join("; ", besides.Prepend(shared.Length == 0 ? "nothing" : string.Join(", ", shared)));
    }

    private static string Describe(Grant grant) => grant switch
    {
        StorageGrant storage => $"{Actions("s3", storage.Actions)} on {(storage.Place.Folder.Length == 0 ? storage.Place.Name : $"`{storage.Place.Folder}*` ({storage.Place.Name})")}{(grant.When is null ? "" : " where records are locked")}",
        SecretGrant secret => $"{Actions("secretsmanager", secret.Actions)} on {Named(secret.Secrets)}",
        SigningGrant key => $"{Actions("kms", key.Actions)} on `audit.signingKey` where it is a key of KMS",
        AthenaGrant => "`athena:` questions in `lake.workGroup`, `glue:` reading of `lake.database`, `s3:` writing of `lake.output`, where Athena is the lake's engine",
        ClusterGrant cluster => $"Kubernetes: {string.Join(", ", cluster.Verbs)} {cluster}",
        SourceGrant { Privilege: SourcePrivilege.ReadTables } => "MySQL: SELECT on the database",
        SourceGrant { Privilege: SourcePrivilege.ReadStatements } => "MySQL: SELECT on the statistics of statements and of indexes, own servers only",
        _ => "MySQL: REPLICATION CLIENT, on MariaDB SLAVE MONITOR and BINLOG MONITOR, on the own servers",
    };

    private static string Named(SecretSet secrets) => secrets switch
    {
        SecretSet.Sources => "the secrets of the sources",
        SecretSet.Airbyte => "the secrets of Airbyte",
        SecretSet.LakeEngine => "`lake.credential` where it is a secret",
        SecretSet.Channels => "the secrets of the channels",
        SecretSet.Monitors => "the keys of Datadog's API",
        SecretSet.Sinks => "the secrets of the sinks of metrics",
        SecretSet.Administrators => "the secrets of the administrators of own servers",
        SecretSet.Pseudonyms => "`audit.identifierKey` where it is a secret",
        SecretSet.Signing => "`audit.signingKey` where it is a secret",
        _ => "the secrets of the sources and Airbyte",
    };

    private static string Actions(string service, IEnumerable<string> actions) => string.Join(", ", actions.Select(action => $"`{service}:{action}`"));
}
