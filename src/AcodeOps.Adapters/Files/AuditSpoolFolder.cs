using System.Runtime.CompilerServices;
using AcodeOps.Audit;

namespace AcodeOps.Adapters.Files;

/// <summary>
/// The spool as a folder, one for each environment, readable by its user only. A record appears by a rename after its
/// bytes are on the disk, so that a process that is killed leaves a whole file or none.
/// </summary>
internal sealed class AuditSpoolFolder(AcodeEnvironment environment) : IAuditSpool
{
    private const string Unfinished = ".unfinished-";
    private const char Slash = '+';

    // No writer takes that long for one small file: an older one is of a process that was killed.
    private static readonly TimeSpan UnfinishedFor = TimeSpan.FromHours(1);
    private readonly Lazy<string> _folder = new(() => PrivateFolder.Of(
        environment, PrivateFolder.SpoolFolder(environment) ?? Path.Combine(PrivateFolder.UserData(), "audit")));

    /// <inheritdoc />
    public Task KeepAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel) => GuardAsync("written", async () =>
    {
        string folder = _folder.Value;
        PrivateFolder.Make(folder);
        DeleteUnfinished(folder);
        string unfinished = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            using (FileStream file = new(unfinished, PrivateFolder.OwnFile(options)))
            {
                await file.WriteAsync(content, cancel).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, PathOf(key), overwrite: true);
            DirectorySync.Flush(folder);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    });

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        List<string> keys = [];
        await GuardAsync("listed", () =>
        {
            if (Directory.Exists(_folder.Value))
            {
                keys.AddRange(Directory.EnumerateFiles(_folder.Value).Select(path => Path.GetFileName(path))
                    .Where(name => !name.StartsWith(Unfinished, StringComparison.Ordinal)).Select(name => name.Replace(Slash, '/')));
            }

            return Task.CompletedTask;
        }).ConfigureAwait(false);
        foreach (string key in keys.OrderBy(key => AuditKey.TryParse(key)?.SortText ?? key, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    /// <inheritdoc />
    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancel)
    {
        byte[]? content = null;
        await GuardAsync("read", async () =>
        {
            try
            {
                content = await File.ReadAllBytesAsync(PathOf(key), cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Another process has taken it to the storage.
            }
        }).ConfigureAwait(false);
        return content;
    }

    /// <inheritdoc />
    public Task ReleaseAsync(string key, CancellationToken cancel) => GuardAsync("written", () =>
    {
        // Not flushed: a record that comes back after a power failure is found to be stored and released again.
        if (Directory.Exists(_folder.Value))
        {
            File.Delete(PathOf(key));
        }

        return Task.CompletedTask;
    });

    private static void DeleteUnfinished(string folder)
    {
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles(Unfinished + "*"))
        {
            if (DateTime.UtcNow - file.LastWriteTimeUtc > UnfinishedFor)
            {
                file.Delete();
            }
        }
    }

    private string PathOf(string key) => key.Contains(Slash, StringComparison.Ordinal) || key.StartsWith('.')
        ? throw new ArgumentException($"'{key}' cannot be the name of a record.", nameof(key))
        : Path.Combine(_folder.Value, key.Replace('/', Slash));

    private async Task GuardAsync(string what, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string place = _folder.IsValueCreated ? $" {_folder.Value}" : "";
            throw new AcodeException(
                "AuditSpoolUnavailable", e is UnauthorizedAccessException ? FailureClass.Permission : FailureClass.ReadOnly,
                $"The audit spool{place} cannot be {what}: {e.Message}", e)
            {
                Advice = "Make room on the disk or the folder writable, or name another one in audit.spoolFolder or ACODE_DATA.",
                Subject = environment,
            };
        }
    }
}
