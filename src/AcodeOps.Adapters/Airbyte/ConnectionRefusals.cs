namespace AcodeOps.Adapters.Airbyte;

/// <summary>Why Airbyte does not let something be done with a connection, in the product's words.</summary>
internal static class ConnectionRefusals
{
    public static AcodeException Locked(Connection connection) => New(
        "ConnectionLocked", connection, $"Airbyte has locked the connection '{connection.Name}' and lets nobody change or sync it.",
        "Airbyte's own page of the connection tells why; it has to be unlocked there.");

    public static AcodeException Inactive(Connection connection) => New(
        "ConnectionInactive", connection, $"The connection '{connection.Name}' is {connection.Status.ToString().ToLowerInvariant()}: Airbyte starts no sync of it.",
        "`Get-AcodeRoute` shows which route is active, `Invoke-AcodeFailover` switches to another one.");

    /// <param name="connection">The connection.</param>
    /// <param name="running">The sync that is in the way; null when Airbyte lists none.</param>
    public static AcodeException Running(Connection connection, Sync? running) => running is not null
        ? New(
            "SyncRunning", connection, $"A sync of the connection '{connection.Name}' has not ended yet: {running}.",
            $"Wait for it (`Wait-AcodeSync {running.JobId}`) or stop it (`Stop-AcodeSync {running.JobId}`).")
        : New(
            "SyncRunning", connection, $"Airbyte says that a sync of the connection '{connection.Name}' runs, and lists none that does.",
            "Try again in a minute: one may just have ended. If it goes on, Airbyte's server and worker have to be restarted.");

    private static AcodeException New(string id, Connection connection, string message, string advice) =>
        new(id, FailureClass.Conflict, message) { Advice = advice, Subject = connection, IsFatal = false };
}
