using AcodeOps.Adapters.Files;
using AcodeOps.Adapters.Tests.Audit;
using AcodeOps.Audit;

namespace AcodeOps.Adapters.Tests.Fuzzing;

/// <summary>A record of the trail that is damaged anywhere is found, whatever the damage; and nothing else is said of the others.</summary>
public sealed class AuditFuzzTests : IDisposable
{
    private const int Rounds = 300;
    private readonly string _folder = Directory.CreateTempSubdirectory("acodeops-fuzzed-trail-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Damage_to_a_record_is_found_and_named()
    {
        TrailFile[] files = [.. TrailFiles.Make(sessions: 2, records: 5)];
        foreach (TrailFile file in files)
        {
            await WriteAsync(file.Name, file.Content);
        }

        Damaging damaging = new();
        for (int round = 0; round < Rounds; round++)
        {
            TrailFile file = files[damaging.Next(files.Length)];
            byte[] damaged = damaging.Bytes(file.Content);
            await WriteAsync(file.Name, damaged);

            AuditFault[] faults = [.. (await new AuditVerifier(new AuditFolder(_folder), TimeProvider.System).VerifyAsync(default, null, null, Cancel)).Faults.Where(fault => fault.Kind != AuditFaultKind.DigestOverdue)];

            Assert.True(damaged.AsSpan().SequenceEqual(file.Content) || faults.Length > 0, $"seed {damaging.Seed}, round {round}: not found\n{System.Text.Encoding.UTF8.GetString(damaged)}");
            await WriteAsync(file.Name, file.Content);
        }
    }

    private async Task WriteAsync(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, Cancel);
    }
}
