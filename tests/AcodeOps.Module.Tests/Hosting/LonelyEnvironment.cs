using AcodeOps.Lab.Servers;

namespace AcodeOps.Module.Tests.Hosting;

/// <summary>A folder with the file of an environment, <c>test</c>, none of whose servers is there; disposing deletes it.</summary>
internal sealed class LonelyEnvironment : IDisposable
{
    // For nobody: without any, the SDK would search the machine for some.
    private const string Keys = "ACODE_TEST_LONELY_KEYS";
    private const string Login = "ACODE_TEST_LONELY_LOGIN";
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Makes one.</summary>
    /// <param name="port">Where all its servers are, on loopback; null where none is there.</param>
    public LonelyEnvironment(int? port = null)
    {
        Environment.SetEnvironmentVariable(Login, """{"username": "reader", "password": "none"}""");
        Environment.SetEnvironmentVariable(Keys, """{"access_key_id": "none", "secret_access_key": "none"}""");
        int nobody = port ?? LoopbackPort.Free();
        System.IO.File.WriteAllText(File, $$"""
            environments:
              test:
                aws:
                  region: us-east-2
                  credential: "env:{{Keys}}"
                  endpoints: { s3: "http://127.0.0.1:{{nobody}}", sts: "http://127.0.0.1:{{nobody}}" }
                sources:
                  primary: { host: 127.0.0.1, port: {{nobody}}, database: acode, user: reader, credential: "env:{{(port is null ? "ACODE_TEST_NONE" : Login)}}" }
                storages:
                  primary: { bucket: lake }
                  audit: { bucket: trail }
                routes:
                  - { source: primary, storage: primary, connection: main }
                tables:
                  - { name: sales, eventDate: Data, processedAt: Data_Processamento }
                airbyte: { url: "http://127.0.0.1:{{nobody}}" }
                audit: { spoolFolder: spool, legalBasis: "company policy 7" }
            """);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("acodeops-lonely-").FullName;

    public string File => Path.Combine(Folder, "acode.yaml");

    /// <summary>The id of a run that began so many hours ago.</summary>
    public static string RunIdOf(int hoursAgo) => Text(DateTimeOffset.UtcNow.AddHours(-hoursAgo).ToUnixTimeMilliseconds(), 10) + "Z8V8Q7M2N4P6R8S0";

    /// <summary>Writes the journal of a run on this machine.</summary>
    public void WriteJournal(string runId, params string[] entries) =>
        System.IO.File.WriteAllLines(Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "journals", "test")).FullName, runId + ".jsonl"), entries);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Text(long number, int length) => length == 0 ? "" : Text(number / 32, length - 1) + Digits[(int)(number % 32)];
}
