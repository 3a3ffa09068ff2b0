using AcodeOps.Lab;

namespace AcodeOps.Module.Tests.Failover;

/// <summary>The journals that a lab's sessions keep, watched while they grow.</summary>
internal sealed class JournalWatch(LabSite site, string environment)
{
    private const string Extension = ".jsonl";
    private readonly string _folder = Path.Combine(site.Folder, "journals", environment);

    /// <summary>How many entries a run has.</summary>
    public int LinesOf(string runId) => File.ReadAllLines(Path.Combine(_folder, runId + Extension)).Length;

    /// <summary>Waits until the first run after another has so many entries, or the command that makes it has ended.</summary>
    public async Task WaitForLineAsync(int line, string after, Task command, CancellationToken cancel)
    {
        // Opening the file would be in its writer's way: each growth of it is an entry.
        long length = 0;
        for (int lines = 0; lines < line && !command.IsCompleted;)
        {
            long now = LengthAfter(after);
            if (now > length)
            {
                (length, lines) = (now, lines + 1);
            }

            await Task.Delay(1, cancel);
        }
    }

    private long LengthAfter(string runId) => new DirectoryInfo(_folder).EnumerateFiles("*" + Extension)
        .Where(file => string.CompareOrdinal(Path.GetFileNameWithoutExtension(file.Name), runId) > 0).Select(file => file.Length).FirstOrDefault();
}
