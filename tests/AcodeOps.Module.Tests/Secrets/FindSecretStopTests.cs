using System.Diagnostics;
using System.Text;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Secrets;

/// <summary>Ctrl-C in the middle of a large file. Alone: how quickly a busy machine notices is not what is asked.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FindSecretStopTests : IDisposable
{
    private const string Name = "alone";
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-secrets-").FullName;
    private readonly ModuleSession _session = new();

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void It_stops_within_a_second()
    {
        string large = Path.Combine(_folder, "large.json");
        byte[] rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"id\": {i}, \"token_count\": {i}, \"key\": \"{i:x8}\", \"password\": null}}\n")));
        using (FileStream file = File.Create(large))
        {
            for (int i = 0; i < 400; i++)
            {
                file.Write(rows);
            }
        }

        long stopped = 0;
        using Timer timer = new(_ =>
        {
            stopped = Stopwatch.GetTimestamp();
            _session.Stop();
        }, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _session.With("large", large).Run("Find-AcodeSecret $large");
        TimeSpan took = Stopwatch.GetElapsedTime(stopped);

        Assert.True(stopped > 0, "It ended by itself, before it was stopped.");
        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took} to stop.");
    }
}
