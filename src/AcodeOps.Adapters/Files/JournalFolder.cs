using System.Runtime.CompilerServices;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Files;

/// <summary>
/// The journals of an environment as files, in the user's data folder or beside the spool that the environment file names.
/// A last line without its end was never acknowledged: it is left out, and cut off before the next one is added.
/// </summary>
internal sealed class JournalFolder(AcodeEnvironment environment) : IJournalFolder
{
    private const string Extension = ".jsonl";
    private const byte LineEnd = (byte)'\n';

    // Another process may be at the file, to read it or to add its own line.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private const int MaxTries = 40;

    private readonly Lazy<string> _folder = new(() => PrivateFolder.Of(
        environment, Path.Combine(PrivateFolder.SpoolFolder(environment) is { } spool ? Path.GetDirectoryName(spool)! : PrivateFolder.UserData(), "journals")));

    /// <inheritdoc />
    public Task AppendAsync(string runId, ReadOnlyMemory<byte> line, CancellationToken cancel) => GuardAsync("written", async () =>
    {
        string path = PathOf(runId);
        PrivateFolder.Make(_folder.Value);
        bool isNew = !File.Exists(path);
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.Asynchronous };
        using (FileStream file = await OpenAsync(path, PrivateFolder.OwnFile(options), cancel).ConfigureAwait(false))
        {
            file.SetLength(await EndOfLinesAsync(file, cancel).ConfigureAwait(false));
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync((byte[])[.. line.Span, LineEnd], cancel).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        if (isNew)
        {
            DirectorySync.Flush(_folder.Value);
        }
    });

    /// <inheritdoc />
    public async Task<IReadOnlyList<byte[]>> ReadAsync(string runId, CancellationToken cancel)
    {
        List<byte[]> lines = [];
        await GuardAsync("read", async () =>
        {
            string path = PathOf(runId);
            if (!File.Exists(path))
            {
                return;
            }

            FileStreamOptions options = new() { Share = FileShare.ReadWrite, Options = FileOptions.Asynchronous };
            using FileStream file = await OpenAsync(path, options, cancel).ConfigureAwait(false);
            using MemoryStream content = new();
            await file.CopyToAsync(content, cancel).ConfigureAwait(false);
            lines.AddRange(Lines(content.ToArray()));
        }).ConfigureAwait(false);
        return lines;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        List<string> runs = [];
        await GuardAsync("listed", () =>
        {
            if (Directory.Exists(_folder.Value))
            {
                runs.AddRange(Directory.EnumerateFiles(_folder.Value, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)));
            }

            return Task.CompletedTask;
        }).ConfigureAwait(false);
        foreach (string run in runs.OrderDescending(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            yield return run;
        }
    }

    private static IEnumerable<byte[]> Lines(byte[] content)
    {
        for (int start = 0, end; (end = Array.IndexOf(content, LineEnd, start)) >= 0; start = end + 1)
        {
            yield return content[start..end];
        }
    }

    private static async Task<FileStream> OpenAsync(string path, FileStreamOptions options, CancellationToken cancel)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException) && tries < MaxTries)
            {
                await Task.Delay(Pause, cancel).ConfigureAwait(false);
            }
        }
    }

    private static async Task<long> EndOfLinesAsync(FileStream file, CancellationToken cancel)
    {
        byte[] last = new byte[1];
        for (long end = file.Length; end > 0; end--)
        {
            file.Seek(end - 1, SeekOrigin.Begin);
            await file.ReadExactlyAsync(last, cancel).ConfigureAwait(false);
            if (last[0] == LineEnd)
            {
                return end;
            }
        }

        return 0;
    }

    private string PathOf(string runId) => runId.All(char.IsAsciiLetterOrDigit) && runId.Length > 0
        ? Path.Combine(_folder.Value, runId + Extension)
        : throw new ArgumentException($"'{runId}' cannot be the id of a run.", nameof(runId));

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
                "JournalUnavailable", e is UnauthorizedAccessException ? FailureClass.Permission : FailureClass.ReadOnly,
                $"The folder of journals{place} cannot be {what}: {e.Message}", e)
            {
                Advice = "Make room on the disk or the folder writable, or name another place in audit.spoolFolder or ACODE_DATA.",
                Subject = environment,
            };
        }
    }
}
