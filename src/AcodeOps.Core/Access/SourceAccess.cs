namespace AcodeOps.Access;

/// <summary>Judges what an account may do on a source: that it can read what is needed, and can do nothing but read.</summary>
internal static class SourceAccess
{
    private const string Everything = "*.*";

    // Reading, and looking at how the server does. REPLICATION SLAVE is what Airbyte needs for change data capture.
    private static readonly HashSet<string> Reading = new(
    [
        "USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES", "PROCESS", "REPLICATION CLIENT", "REPLICATION SLAVE", "BINLOG MONITOR", "SLAVE MONITOR", "REPLICA MONITOR",
    ], StringComparer.Ordinal);

    private static readonly string[] Watching = ["REPLICATION CLIENT", "SLAVE MONITOR", "REPLICA MONITOR"];

    private static readonly string[] Statistics = [Everything, "performance_schema.*", "performance_schema.events_statements_summary_by_digest"];

    /// <summary>The findings.</summary>
    /// <param name="source">The source.</param>
    /// <param name="database">Its database; null where only its secret tells.</param>
    /// <param name="grants">What <c>SHOW GRANTS</c> tells, roles resolved.</param>
    /// <param name="needed">What is needed of it.</param>
    public static IEnumerable<Finding> Judge(SourceDefinition source, string? database, IReadOnlyList<GrantStatement> grants, IReadOnlyCollection<SourcePrivilege> needed)
    {
        GrantStatement[] own = [.. grants.Where(grant => grant.Scope is not null)];
        string[] excess = [.. own.SelectMany(grant => grant.Privileges.Where(privilege => !Reading.Contains(privilege)).Select(privilege => $"{privilege} on {grant.Scope}")).Distinct()];
        if (excess.Length > 0)
        {
            yield return Finding("SourceNotReadOnly", $"The account on the {source} can do more than read.", string.Join(", ", excess), "SELECT only",
                $"Revoke it{(source.IsPartners ? "; the server is the partner's: ask them" : "")}: Export-AcodeAccessPolicy -Format MySql writes what is needed.");
        }

        if (own.Any(grant => grant.MayPassOn))
        {
            yield return Finding("SourceGrantOption", $"The account on the {source} can give its privileges to others.", "WITH GRANT OPTION", "without it",
                "Revoke GRANT OPTION.");
        }

        if (needed.Contains(SourcePrivilege.ReadTables) && !own.Any(grant => grant.Privileges.Contains("SELECT") && IsOn(grant.Scope!, database)))
        {
            yield return Finding("AccessMissing", $"The account on the {source} may not read the whole database{(database is null ? "" : $" '{database}'")}.", "no SELECT on it", "SELECT",
                "Grant SELECT on the database: Export-AcodeAccessPolicy -Format MySql writes the statement.");
        }

        if (needed.Contains(SourcePrivilege.ReadReplication) && !source.IsPartners
            && !own.Any(grant => grant.Scope == Everything && grant.Privileges.Any(privilege => Watching.Contains(privilege) || privilege == "ALL PRIVILEGES")))
        {
            yield return Finding("AccessMissing", $"The account on the {source} may not read the state of replication.", "neither REPLICATION CLIENT nor SLAVE MONITOR", "one of them",
                "Grant it: Export-AcodeAccessPolicy -Format MySql writes the statement.");
        }

        if (needed.Contains(SourcePrivilege.ReadStatements) && !source.IsPartners && !own.Any(grant => grant.Privileges.Contains("SELECT") && Statistics.Contains(grant.Scope!.Replace("`", "", StringComparison.Ordinal))))
        {
            yield return Finding("AccessMissing", $"The account on the {source} may not read the statistics of statements.", "no SELECT on performance_schema.events_statements_summary_by_digest", "SELECT",
                "Grant it: Export-AcodeAccessPolicy -Format MySql writes the statement.");
        }

        Finding Finding(string rule, string message, string current, string proposed, string remedy) => new()
        {
            Rule = rule,
            Severity = FindingSeverity.Error,
            Target = source.ToString(),
            Message = message,
            Current = current,
            Proposed = proposed,
            Evidence = "SHOW GRANTS, with the account's roles",
            Remedy = remedy,
        };
    }

    // A scope's database is a pattern, in which an underscore stands for any character unless a backslash stands before it.
    private static bool IsOn(string scope, string? database)
    {
        if (scope == Everything)
        {
            return true;
        }

        string name = scope.Trim();
        return name.EndsWith(".*", StringComparison.Ordinal)
            && (database is null || Matches(name[..^2].Trim('`').Replace("``", "`", StringComparison.Ordinal), database));
    }

    private static bool Matches(string pattern, string name)
    {
        if (pattern.Length == 0)
        {
            return name.Length == 0;
        }

        if (pattern[0] == '%')
        {
            return Enumerable.Range(0, name.Length + 1).Any(skipped => Matches(pattern[1..], name[skipped..]));
        }

        bool isEscaped = pattern[0] == '\\' && pattern.Length > 1;
        char expected = isEscaped ? pattern[1] : pattern[0];
        return name.Length > 0 && ((!isEscaped && expected == '_') || char.ToUpperInvariant(expected) == char.ToUpperInvariant(name[0])) && Matches(pattern[(isEscaped ? 2 : 1)..], name[1..]);
    }
}
