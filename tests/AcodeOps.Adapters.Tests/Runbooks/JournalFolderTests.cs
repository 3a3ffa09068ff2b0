using System.Text;
using AcodeOps.Adapters.Files;

namespace AcodeOps.Adapters.Tests.Runbooks;

public sealed class JournalFolderTests : IDisposable
{
    internal const string Run = "01KAT5Z3V8Q7M2N4P6R8S0T2W4";
    private const string Later = "01KAT5Z3V8Q7M2N4P6R8S0T2W5";
    private readonly string _folder = Directory.CreateTempSubdirectory("acodeops-journals-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "journals", "test", Run + ".jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lines_come_back_in_order_and_runs_newest_first()
    {
        await AppendAsync(Open(_folder), "one", "two");
        await Open(_folder).AppendAsync(Later, "other"u8.ToArray(), Cancel);

        Assert.Equal(["one", "two"], await ReadAsync());
        Assert.Equal([Later, Run], await Open(_folder).ListAsync(Cancel).ToListAsync(Cancel));
        Assert.Equal("one\ntwo\n", await System.IO.File.ReadAllTextAsync(File, Cancel));
        Assert.Empty(await Open(_folder).ReadAsync("01KAT5Z3V8Q7M2N4P6R8S0T2W6", Cancel));
    }

    [Fact]
    public async Task A_line_that_was_cut_off_anywhere_is_left_out_and_gives_way_to_the_next()
    {
        await AppendAsync(Open(_folder), "first", "second");
        byte[] whole = await System.IO.File.ReadAllBytesAsync(File, Cancel);
        for (int length = 0; length <= whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], Cancel);
            string[] left = [.. Enumerable.Take(["first", "second"], whole[..length].Count(b => b == (byte)'\n'))];
            Assert.Equal(left, await ReadAsync());

            await AppendAsync(Open(_folder), "third");

            Assert.Equal(left.Append("third"), await ReadAsync());
        }
    }

    [Fact]
    public async Task What_a_killed_process_had_said_is_there_and_nothing_half_of_it()
    {
        Random random = new(4711);
        int said = 0;
        for (int round = 0; round < 5; round++)
        {
            said = await JournalWriterProcess.RunUntilKilledAsync(_folder, 3 + random.Next(10), TimeSpan.FromMilliseconds(random.NextDouble() * 5), Cancel);

            IReadOnlyList<byte[]> lines = await Open(_folder).ReadAsync(Run, Cancel);
            Assert.InRange(lines.Count, said, said + 1);
            Assert.All(lines.Index(), line => Assert.Equal(JournalWriterProcess.Line(line.Index + 1), line.Item));
        }

        Assert.True(said >= 15);
    }

    [Fact]
    public async Task Many_writers_and_readers_at_once_wait_for_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(
            async () =>
            {
                await AppendAsync(Open(_folder), $"{n}");
                await ReadAsync();
            },
            Cancel)));

        Assert.Equal(Enumerable.Range(0, 8).Select(n => $"{n}"), (await ReadAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Only_the_user_may_read_a_journal()
    {
        await AppendAsync(Open(_folder), "one");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_it_says_so_and_what_to_do()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "journals"), "in the way", Cancel);

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => AppendAsync(Open(_folder), "one"));

        Assert.Equal("JournalUnavailable", failure.Id);
        Assert.Contains(_folder, failure.Message, StringComparison.Ordinal);
        Assert.Contains("ACODE_DATA", failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("")]
    public async Task No_run_id_leads_out_of_the_folder(string runId) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Open(_folder).AppendAsync(runId, new byte[1], Cancel));

    internal static JournalFolder Open(string folder) => new(new AcodeEnvironment
    {
        Name = "test",
        Path = Path.Combine(folder, "acode.yaml"),
        Sources = [],
        Storages = [],
        Routes = [],
        Tables = [],
        Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
        Audit = new AuditDefinition { SpoolFolder = "spool" },
    });

    private static async Task AppendAsync(JournalFolder journals, params string[] lines)
    {
        foreach (string line in lines)
        {
            await journals.AppendAsync(Run, Encoding.ASCII.GetBytes(line), Cancel);
        }
    }

    private async Task<string[]> ReadAsync() => [.. (await Open(_folder).ReadAsync(Run, Cancel)).Select(Encoding.ASCII.GetString)];
}
