namespace AcodeOps.Lab.Packages;

/// <summary>Mutual exclusion between processes by a lock file; the system gives it back when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Waits for the lock; dispose the result to give it back.</summary>
    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DateTime until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is 11 or unchecked((int)0x80070020) || e.Message.Contains("used by another process", StringComparison.Ordinal))
            {
                if (DateTime.UtcNow > until)
                {
                    throw new LabException($"Another process has held {LabCache.Display(path)} for {Patience.TotalMinutes:0} minutes: end it, or delete the file.", e);
                }

                await Task.Delay(200, cancel);
            }
        }
    }
}
