using AcodeOps.Secrets;
using AcodeOps.Tuning.Indexes;
using AcodeOps.Tuning.Settings;
using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Changes the settings of a MySQL or MariaDB server.</summary>
internal sealed class MySqlAdministration(SourceDefinition definition) : IServerAdministration
{
    // Whoever logs in is told by the login, and not by the environment file.
    private readonly SourceDefinition _anyUser = definition with { User = null };

    /// <inheritdoc />
    public Task<string?> SetAsync(Credential administrator, string variable, string statement, CancellationToken cancel) => AccountSession.UseAsync(
        _anyUser, administrator,
        async (connection, c) =>
        {
            MySqlCommand command = new(statement, connection);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(c).ConfigureAwait(false);
            }

            List<Dictionary<string, object?>> now = await connection.RowsAsync("SHOW GLOBAL VARIABLES WHERE Variable_name = @name", c, ("@name", variable)).ConfigureAwait(false);
            return now.Count == 0 ? null : ReplicationRow.Text(now[0], "Value");
        },
        cancel);

    /// <inheritdoc />
    public Task<IIndexSession> OpenIndexSessionAsync(Credential administrator, TableDefinition table, bool keepsOutOfBinaryLog, CancellationToken cancel) => definition.IsPartners
        ? throw new AcodeException("SourceIsPartners", FailureClass.Refused, $"The {definition} is the partner's: no index is made there.") { Subject = definition }
        : IndexSession.OpenAsync(definition, administrator, table, keepsOutOfBinaryLog, cancel);
}
