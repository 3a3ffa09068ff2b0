namespace AcodeOps.Lab.Servers.Databases;

/// <summary>Everybody who may log in to the pair, and the two databases' names, as on the installation.</summary>
public sealed record DatabaseAccounts(DatabaseLogin Admin, DatabaseLogin Replication, DatabaseLogin PrimaryReader, DatabaseLogin BackupReader)
{
    /// <summary>The database on the primary.</summary>
    public const string PrimaryDatabase = "acode_farmarcas";

    /// <summary>The same data on the replica: its database has another name.</summary>
    public const string BackupDatabase = "acode_farmarcas_replica";

    public static DatabaseAccounts New() => new(
        DatabaseLogin.WithNewPassword("lab_admin"),
        DatabaseLogin.WithNewPassword("repl"),
        DatabaseLogin.WithNewPassword("userfarmarcasac02"),
        DatabaseLogin.WithNewPassword("userfarmarcasac02_backup"));
}
