using AcodeOps.Access;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads what the own account may do on the server, and what the roles that it has may.</summary>
internal static class GrantReader
{
    private const int MostRoles = 50;

    /// <summary>The lines of <c>SHOW GRANTS</c>, the account's own and its roles'.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(MySqlConnection connection, CancellationToken cancel)
    {
        List<string> own = await ShowAsync(connection, "SHOW GRANTS", cancel).ConfigureAwait(false);
        string[] roles = [.. RolesOf(own)];
        if (roles.Length == 0)
        {
            return own;
        }

        if (!connection.IsMariaDb())
        {
            // Resolves the roles of roles too.
            return await ShowAsync(connection, $"SHOW GRANTS FOR CURRENT_USER() USING {string.Join(", ", roles)}", cancel).ConfigureAwait(false);
        }

        Queue<string> left = new(roles);
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (left.TryDequeue(out string? role) && seen.Count < MostRoles)
        {
            if (seen.Add(role))
            {
                List<string> lines = await ShowAsync(connection, $"SHOW GRANTS FOR {role}", cancel).ConfigureAwait(false);
                own.AddRange(lines);
                foreach (string inner in RolesOf(lines))
                {
                    left.Enqueue(inner);
                }
            }
        }

        return own;
    }

    // The server has quoted the names itself.
    private static IEnumerable<string> RolesOf(IEnumerable<string> lines) =>
        lines.Select(GrantStatement.TryParse).OfType<GrantStatement>().Where(grant => grant.Scope is null).SelectMany(grant => grant.Privileges).Distinct();

    private static async Task<List<string>> ShowAsync(MySqlConnection connection, string sql, CancellationToken cancel) =>
        [.. (await connection.RowsAsync(sql, cancel).ConfigureAwait(false)).Select(row => row.Values.FirstOrDefault() as string).OfType<string>()];
}
