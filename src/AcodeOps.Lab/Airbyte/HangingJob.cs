using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte;

/// <summary>Waits for a job to hang: it runs from its attempt's begin, and hangs from its first rows on.</summary>
public static class HangingJob
{
    /// <summary>Returns when the stand-in's history tells that the job hangs.</summary>
    public static async Task WaitAsync(LabSite lab, long job, CancellationToken cancel)
    {
        string history = Path.Combine(lab.Airbyte.Folder, "history.jsonl");
        while (!await HangsAsync(history, job, cancel))
        {
            await Task.Delay(50, cancel);
        }
    }

    private static async Task<bool> HangsAsync(string history, long job, CancellationToken cancel)
    {
        // The last line may still be being written.
        using StreamReader lines = new(new FileStream(history, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (line.Contains("job_hanging", StringComparison.Ordinal) && line.EndsWith('}') && (long?)JsonNode.Parse(line)!["jobId"] == job)
            {
                return true;
            }
        }

        return false;
    }
}
