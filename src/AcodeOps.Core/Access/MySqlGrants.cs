using System.Text;

namespace AcodeOps.Access;

/// <summary>
/// Writes what the accounts on the sources need as GRANT statements, which MySQL and MariaDB each read in their own way: what is for
/// one of them stands in a comment that only it executes.
/// </summary>
internal static class MySqlGrants
{
    private static readonly string[] ReplicationTables = ["replication_connection_status", "replication_applier_status_by_worker"];

    private static readonly string[] StatisticsTables = ["events_statements_summary_by_digest", "table_io_waits_summary_by_index_usage"];

    /// <summary>The statements; null where the role needs nothing of the sources.</summary>
    public static string? Write(AccessRole role, IReadOnlyCollection<Need> needs, AcodeEnvironment environment)
    {
        HashSet<SourcePrivilege> privileges = [.. NeedCatalog.Of<SourceGrant>(needs, environment).Select(grant => grant.Privilege)];
        if (privileges.Count == 0)
        {
            return null;
        }

        StringBuilder text = new();
        text.Append("-- What the accounts of role ").Append(AccessPolicy.NameOf(role)).Append(" need on the sources of environment ").Append(Comment(environment.Name)).Append(": reading, and nothing else.\n");
        text.Append("-- An account is made by its server's owner, with a password that goes to the secret that is named here and nowhere else.\n");
        foreach (SourceDefinition source in environment.Sources)
        {
            Append(text, source, privileges);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, SourceDefinition source, HashSet<SourcePrivilege> privileges)
    {
        text.Append('\n').Append("-- ").Append(Comment(source.ToString())).Append(", secret ").Append(Comment(source.Credential.ToString())).Append(source.IsPartners ? ": the partner's, who is asked for it.\n" : ".\n");
        if (source.User is null || source.Database is null)
        {
            text.Append("-- User or database stand in the secret: put them in place of what is proposed here.\n");
        }

        string account = $"{Text(source.User ?? "acode_reader")}@'%'";
        if (privileges.Contains(SourcePrivilege.ReadTables))
        {
            text.Append("GRANT SELECT ON ").Append(SqlIdentifier.Quote(source.Database ?? "acode_farmarcas")).Append(".* TO ").Append(account).Append(";\n");
        }

        // A partner's server is not ours to watch.
        if (privileges.Contains(SourcePrivilege.ReadReplication) && !source.IsPartners)
        {
            text.Append("/*!50700 GRANT REPLICATION CLIENT ON *.* TO ").Append(account).Append(" */;\n");
            foreach (string table in ReplicationTables)
            {
                text.Append("/*!50700 GRANT SELECT ON performance_schema.").Append(table).Append(" TO ").Append(account).Append(" */;\n");
            }

            text.Append("/*M!100502 GRANT SLAVE MONITOR, BINLOG MONITOR ON *.* TO ").Append(account).Append(" */;\n");
        }

        if (privileges.Contains(SourcePrivilege.ReadStatements) && !source.IsPartners)
        {
            foreach (string table in StatisticsTables)
            {
                text.Append("GRANT SELECT ON performance_schema.").Append(table).Append(" TO ").Append(account).Append(";\n");
            }
        }
    }

    private static string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Comment(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
