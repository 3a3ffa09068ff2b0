using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Lab.Faults;

/// <summary>A replica that lags, stops or breaks.</summary>
internal static class ReplicationFaults
{
    // Far above every generated key.
    private const long StrayKey = 9_000_000_000_000_000_000;

    public static IReadOnlyList<LabFault> All { get; } =
    [
        new("delay", "SECONDS", "the replica applies everything so many seconds late",
            (lab, a, c) => ReplicaAsync(lab, $"STOP REPLICA; {lab.Databases.Engine.ReplicationDelay(LabFaults.Number(a, 0, 60))}; START REPLICA", c),
            (lab, _, c) => ReplicaAsync(lab, $"STOP REPLICA; {lab.Databases.Engine.ReplicationDelay(0)}; START REPLICA", c)),
        new("stop-applier", "", "the replica receives and does not apply; its lag is unknown",
            (lab, _, c) => ReplicaAsync(lab, "STOP REPLICA SQL_THREAD", c), (lab, _, c) => ReplicaAsync(lab, "START REPLICA SQL_THREAD", c)),
        new("stop-receiver", "", "the replica does not receive",
            (lab, _, c) => ReplicaAsync(lab, "STOP REPLICA IO_THREAD", c), (lab, _, c) => ReplicaAsync(lab, "START REPLICA IO_THREAD", c)),
        new("lag", "", "a read lock on the replica: its threads run and its lag grows with each change on the primary",
            (lab, _, c) => lab.Services.LockReplicaAsync(true, c), (lab, _, c) => lab.Services.LockReplicaAsync(false, c)),
        new("duplicate-key", "", "a stray row on the replica breaks replication with error 1062", DuplicateKeyAsync, RepairDuplicateKeyAsync),
        new("replication-password", "", "the replica's password for the primary is wrong: error 1045",
            (lab, _, c) => PasswordAsync(lab, LabPassword.New(), c), (lab, _, c) => PasswordAsync(lab, lab.Databases.Accounts.Replication.Password, c)),
    ];

    private static Task ReplicaAsync(LabSite lab, string sql, CancellationToken cancel) => lab.Databases.Replica.ExecuteAsync(sql, cancel);

    private static Task PasswordAsync(LabSite lab, string password, CancellationToken cancel) =>
        ReplicaAsync(lab, $"STOP REPLICA; {lab.Databases.Engine.ReplicationPassword(password)}; START REPLICA", cancel);

    // Not in the replica's binary log: that would be another fault (an errant transaction).
    private static Task OnTheQuiet(LabSite lab, string sql, CancellationToken cancel)
    {
        DatabaseServer replica = lab.Databases.Replica;
        string readOnly = lab.Databases.Engine.ReadOnlyVariable;
        return replica.ExecuteAsync($"SET GLOBAL {readOnly}=OFF; SET SESSION sql_log_bin=0; {sql}; SET GLOBAL {readOnly}=ON", cancel, replica.Database);
    }

    private static async Task DuplicateKeyAsync(LabSite lab, string[] arguments, CancellationToken cancel)
    {
        string insert = $"INSERT INTO {SalesTables.Products} (idpk, Produto) VALUES ({StrayKey}, ";
        await OnTheQuiet(lab, insert + "'stray')", cancel);
        await lab.Databases.Primary.ExecuteAsync(insert + "'in order')", cancel, lab.Databases.Primary.Database);

        // A primary that dies next must not take the second row with it before the replica has met it.
        DateTime patience = DateTime.UtcNow.AddSeconds(60);
        while (await lab.Databases.Replica.ScalarAsync(lab.Databases.Engine.Applying, cancel) is "ON")
        {
            if (DateTime.UtcNow > patience)
            {
                throw new LabException($"The replica has not met the stray row within a minute: see {lab.Databases.Replica.Process.LogFile}.");
            }

            await Task.Delay(20, cancel);
        }
    }

    private static async Task RepairDuplicateKeyAsync(LabSite lab, string[] arguments, CancellationToken cancel)
    {
        await OnTheQuiet(lab, $"DELETE FROM {SalesTables.Products} WHERE idpk = {StrayKey}", cancel);
        await ReplicaAsync(lab, "START REPLICA SQL_THREAD", cancel);
        await lab.Databases.Primary.ExecuteAsync($"DELETE FROM {SalesTables.Products} WHERE idpk = {StrayKey}", cancel, lab.Databases.Primary.Database);
        await lab.Databases.WaitUntilInSyncAsync(TimeSpan.FromSeconds(60), cancel);
    }
}
