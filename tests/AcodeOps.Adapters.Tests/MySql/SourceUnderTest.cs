using AcodeOps.Adapters.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>Makes sources as an environment would, with the credential that a test decides on.</summary>
internal static class SourceUnderTest
{
    public static readonly CredentialReference Reference = new(CredentialHolder.SecretsManager, "acode/mysql/test");

    public static SourceDefinition Definition(string host, int port, string user, string? database = null) => new()
    {
        Role = SourceRole.Primary,
        Host = host,
        Port = port,
        User = user,
        Database = database,
        Credential = Reference,
    };

    public static SourceDefinition Definition(DatabaseServer server, DatabaseLogin? login = null) => Definition(
        "127.0.0.1", server.Port, (login ?? server.Reader).User, server.Database) with
    {
        Role = server.Name == "primary" ? SourceRole.Primary : SourceRole.Backup,
    };

    public static MySqlSource Open(DatabaseServer server, DatabaseLogin? login = null) =>
        Open(Definition(server, login), new OneCredential((login ?? server.Reader).Password));

    public static MySqlSource Open(SourceDefinition definition, ICredentialStore? credentials = null, string timeZone = "UTC") =>
        new(definition, Environment(timeZone), credentials ?? new OneCredential("none"), TimeProvider.System);

    public static MySqlSource OpenPort(int port, string host = "127.0.0.1") => Open(Definition(host, port, "nobody"));

    /// <summary>Pauses a server, and waits until each of its threads really stands still: the signal takes its time.</summary>
    public static async Task HangAsync(DatabaseServer server, CancellationToken cancel)
    {
        server.Process.Pause();
        while (!Directory.GetDirectories($"/proc/{server.Process.Identity!.Pid}/task").All(thread => File.ReadAllText(thread + "/stat").Contains(") T ", StringComparison.Ordinal)))
        {
            await Task.Delay(10, cancel);
        }
    }

    public static AcodeEnvironment Environment(string timeZone) => new()
    {
        Name = "test",
        Path = "acode.yaml",
        Sources = [],
        Storages = [],
        Routes = [],
        Tables = [],
        TimeZone = timeZone,
        Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
    };
}
