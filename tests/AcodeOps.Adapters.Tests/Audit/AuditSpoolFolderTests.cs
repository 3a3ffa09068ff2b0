using AcodeOps.Adapters.Files;

namespace AcodeOps.Adapters.Tests.Audit;

public sealed class AuditSpoolFolderTests : IDisposable
{
    private const string First = "acode_audit/2026/11/24/incident_detected_235959_01KAT5Z3V8Q7M2N4P6R8S0T2W4.json";
    private const string Second = "acode_audit/2026/11/25/data_access_000000_01KAT5Z3V8Q7M2N4P6R8S0T2W5.json";
    private const string Third = "acode_audit/2026/11/25/configuration_changed_000001_01KAT5Z3V8Q7M2N4P6R8S0T2W6.json";
    private readonly string _folder = Directory.CreateTempSubdirectory("acodeops-spool-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Records_come_back_whole_and_oldest_first()
    {
        AuditSpoolFolder spool = Spool();
        foreach (string key in (string[])[Third, First, Second])
        {
            await spool.KeepAsync(key, System.Text.Encoding.UTF8.GetBytes(key), Cancel);
        }

        Assert.Equal([First, Second, Third], await spool.ListAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal(Second, System.Text.Encoding.UTF8.GetString((await Spool().ReadAsync(Second, Cancel))!));
        await spool.ReleaseAsync(Second, Cancel);
        await spool.ReleaseAsync(Second, Cancel);
        Assert.Null(await spool.ReadAsync(Second, Cancel));
        Assert.Equal([First, Third], await spool.ListAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Only_the_user_may_read_what_waits()
    {
        await Spool(folder: Path.Combine(_folder, "a", "b")).KeepAsync(First, new byte[] { 1 }, Cancel);

        string file = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        for (string folder = Path.GetDirectoryName(file)!; folder != _folder; folder = Path.GetDirectoryName(folder)!)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public async Task Records_of_one_environment_are_not_those_of_another()
    {
        await Spool("production").KeepAsync(First, new byte[] { 1 }, Cancel);

        Assert.Empty(await Spool("staging").ListAsync(Cancel).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../elsewhere")]
    [InlineData("a/b c")]
    public async Task No_environment_name_leads_out_of_the_folder(string name)
    {
        string inner = Path.Combine(_folder, "x", "y");
        await Spool(name, inner).KeepAsync(First, new byte[] { 1 }, Cancel);

        Assert.StartsWith(inner + "/", Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a+b")]
    public async Task A_key_that_cannot_be_a_file_is_refused(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Spool().KeepAsync(key, new byte[] { 1 }, Cancel));

    [Fact]
    public async Task What_a_killed_writer_left_half_written_is_no_record_and_goes_in_time()
    {
        AuditSpoolFolder spool = Spool();
        await spool.KeepAsync(First, new byte[] { 1 }, Cancel);
        string folder = Path.GetDirectoryName(Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)))!;
        string torn = Path.Combine(folder, ".unfinished-1"), fresh = Path.Combine(folder, ".unfinished-2");
        await File.WriteAllTextAsync(torn, "{\"half", Cancel);
        await File.WriteAllTextAsync(fresh, "{\"half", Cancel);
        File.SetLastWriteTimeUtc(torn, DateTime.UtcNow.AddHours(-2));

        Assert.Equal([First], await spool.ListAsync(Cancel).ToListAsync(Cancel));
        await spool.KeepAsync(Second, new byte[] { 2 }, Cancel);

        Assert.False(File.Exists(torn));
        Assert.True(File.Exists(fresh));
    }

    [Theory]
    [InlineData("/proc/acodeops")]
    [InlineData("a-file/below")]
    public async Task A_folder_that_cannot_be_written_is_a_clear_error(string where)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a-file"), "", Cancel);

        AcodeException e = await Assert.ThrowsAsync<AcodeException>(() => Spool(folder: Path.Combine(_folder, where)).KeepAsync(First, new byte[] { 1 }, Cancel));

        Assert.Equal("AuditSpoolUnavailable", e.Id);
        Assert.False(e.Cause.IsOutage());
        Assert.Contains("ACODE_DATA", e.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spool_that_was_never_used_is_empty()
    {
        AuditSpoolFolder spool = Spool(folder: Path.Combine(_folder, "never"));

        Assert.Empty(await spool.ListAsync(Cancel).ToListAsync(Cancel));
        Assert.Null(await spool.ReadAsync(First, Cancel));
        await spool.ReleaseAsync(First, Cancel);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private AuditSpoolFolder Spool(string environment = "production", string? folder = null) => new(new AcodeEnvironment
    {
        Name = environment,
        Path = Path.Combine(_folder, "acode.yaml"),
        Sources = [],
        Storages = [],
        Routes = [],
        Tables = [],
        Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
        Audit = new AuditDefinition { SpoolFolder = folder ?? _folder },
    });
}
