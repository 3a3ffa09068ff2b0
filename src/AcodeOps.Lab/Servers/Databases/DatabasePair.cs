using System.Globalization;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Servers.Databases;

/// <summary>The primary source and its read-only replica, whose database has another name.</summary>
public sealed class DatabasePair
{
    public DatabasePair(string labFolder, DatabaseFlavor flavor, DatabaseAccounts accounts, int primaryPort, int replicaPort)
    {
        Engine = DatabaseEngine.Of(flavor);
        Flavor = flavor;
        Accounts = accounts;
        Primary = new DatabaseServer(labFolder, "primary", Engine, accounts, primaryPort);
        Replica = new DatabaseServer(labFolder, "replica", Engine, accounts, replicaPort);
    }

    public DatabaseFlavor Flavor { get; }

    public DatabaseAccounts Accounts { get; }

    public DatabaseServer Primary { get; }

    public DatabaseServer Replica { get; }

    internal DatabaseEngine Engine { get; }

    /// <summary>Installs what is missing, starts both and lets the replica follow.</summary>
    public async Task CreateAsync(PackageInstaller installer, CancellationToken cancel)
    {
        await installer.InstallAsync(Engine.Tree, cancel);
        await Task.WhenAll(Primary.CreateAsync(cancel), Replica.CreateAsync(cancel));
        await Replica.ExecuteAsync(Engine.ReplicateFrom(Primary.Port, Accounts.Replication) + "; START REPLICA", cancel);
    }

    /// <summary>Waits until the replica has applied all that the primary has committed by now.</summary>
    /// <exception cref="LabException">It has not within the time.</exception>
    public async Task WaitUntilInSyncAsync(TimeSpan patience, CancellationToken cancel)
    {
        string gtids = (await Primary.ScalarAsync(Engine.CommittedGtids, cancel))?.ToString()?.Replace("\n", "", StringComparison.Ordinal) ?? "";
        object? answer = await Replica.ScalarAsync(Engine.WaitForGtids(gtids, (int)patience.TotalSeconds), cancel);
        if (Convert.ToInt64(answer ?? -1L, CultureInfo.InvariantCulture) != 0)
        {
            throw new LabException($"The replica has not applied {gtids} within {patience.TotalSeconds:0} s: see {Replica.Process.LogFile}.");
        }
    }
}
