using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Servers.Databases;

/// <summary>What differs between MySQL and MariaDB: options, first data directory, grants and the words for replication.</summary>
internal abstract class DatabaseEngine
{
    /// <summary>The table of performance_schema that tells what statements cost.</summary>
    protected const string StatementTable = "events_statements_summary_by_digest";

    /// <summary>The table of performance_schema that tells how often indexes are used.</summary>
    protected const string IndexTable = "table_io_waits_summary_by_index_usage";

    public static DatabaseEngine Of(DatabaseFlavor flavor) => flavor == DatabaseFlavor.MySql ? new MySqlEngine() : new MariaDbEngine();

    public abstract PackageTree Tree { get; }

    public abstract string Program { get; }

    /// <summary>Options that only this server has.</summary>
    public abstract IEnumerable<string> Options { get; }

    /// <summary>Options of a replica; from its second start on it is read-only from the first moment.</summary>
    public abstract IEnumerable<string> ReplicaOptions(bool readOnly);

    public abstract string ReadOnlyVariable { get; }

    /// <summary>What lets the backup's reader see the state of replication.</summary>
    public abstract IEnumerable<string> ReplicationReaderGrants(string account);

    /// <summary>Points the replica at the primary; does not start it.</summary>
    public abstract string ReplicateFrom(int port, DatabaseLogin replication);

    public abstract string ReplicationPassword(string password);

    public abstract string ReplicationDelay(int seconds);

    /// <summary>A scalar on the primary: all that it has committed, as GTIDs.</summary>
    public abstract string CommittedGtids { get; }

    /// <summary>Answers on the replica when it has applied them (0), or not in time.</summary>
    public abstract string WaitForGtids(string gtids, int seconds);

    /// <summary>A scalar on the replica: ON while it applies, OFF once it has stopped or failed.</summary>
    public abstract string Applying { get; }

    /// <summary>The data directory of a fresh server, made once and copied for each server of each lab.</summary>
    public async Task<string> TemplateAsync(CancellationToken cancel)
    {
        string template = Tree.File("data-template");
        if (Directory.Exists(template))
        {
            return template;
        }

        using IDisposable _ = await FileLock.TakeAsync(Tree.Folder + ".lock", cancel);
        if (!Directory.Exists(template))
        {
            string making = template + ".making";
            if (Directory.Exists(making))
            {
                Directory.Delete(making, recursive: true);
            }

            Directory.CreateDirectory(making);
            await MakeDataAsync(making, cancel);
            Directory.Move(making, template);
        }

        return template;
    }

    /// <summary>The options that every start needs, also the one that makes the first data.</summary>
    public IReadOnlyList<string> Command(string data, params IEnumerable<string> more) => Tree.Command(
        Program,
        [
            "--no-defaults",
            .. Environment.UserName == "root" ? ["--user=root"] : Array.Empty<string>(),
            $"--basedir={Tree.File("usr")}",
            $"--datadir={data}",
            $"--lc-messages-dir={Tree.File("usr/share/mysql")}",
            $"--character-sets-dir={Tree.File("usr/share/mysql/charsets")}",
            $"--plugin-dir={Tree.File("usr/lib/mysql/plugin")}",
            // The kernel's slots for asynchronous I/O are few, and a server takes thousands of them: a dozen labs would use them up.
            "--innodb-use-native-aio=OFF",
            .. more,
        ]);

    protected abstract Task MakeDataAsync(string folder, CancellationToken cancel);
}
