using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Why a server's statement statistics cannot be read, each with what to do.</summary>
internal static class StatementRefusals
{
    public static bool IsForbidden(MySqlException e) =>
        e.ErrorCode is MySqlErrorCode.TableAccessDenied or MySqlErrorCode.ColumnAccessDenied or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.SpecifiedAccessDeniedError;

    public static AcodeException PerformanceSchemaOff(SourceDefinition source, bool isMariaDb) => new(
        "PerformanceSchemaOff", FailureClass.NotFound,
        $"{source} does not count its statements: performance_schema is off{(isMariaDb ? ", as it is by default on MariaDB" : "")}.")
    {
        // The slow log as a table has every literal in it, and no index: reading it would scan it.
        Advice = Whose(source, "set performance_schema=ON in the [mysqld] section of its configuration file and start it anew; it cannot be switched on while the server runs."),
        Subject = source,
    };

    public static AcodeException DigestsOff(SourceDefinition source) => new(
        "StatementDigestsOff", FailureClass.NotFound, $"{source} does not count its statements: the consumer statements_digest of performance_schema is off, or has no room.")
    {
        Advice = Whose(source, "UPDATE performance_schema.setup_consumers SET ENABLED='YES' WHERE NAME='statements_digest', and see that performance_schema_digests_size is not 0."),
        Subject = source,
    };

    public static AcodeException NotReadable(SourceDefinition source, string table) => new(
        "StatementsNotReadable", FailureClass.Permission, $"{source} does not let the account read what its statements cost.")
    {
        Advice = Whose(source, $"GRANT SELECT ON {table} TO the account of {source.Credential}."),
        Subject = source,
    };

    private static string Whose(SourceDefinition source, string what) => source.IsPartners ? $"The server is the partner's: ask them for it, or do without. It takes: {what}" : $"On the server: {what}";
}
