using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AcodeOps.Documents;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning;

/// <summary>Looks for secrets in files, several at once, and in the history that git keeps of them; tells in a stable order.</summary>
/// <param name="files">The files.</param>
/// <param name="history">The history.</param>
/// <param name="documents">Reads files of suppressions.</param>
/// <param name="clock">Tells today.</param>
public sealed class SecretSearch(IScannedFiles files, IGitHistory history, IDocumentReader documents, TimeProvider clock)
{
    // Enough that no processor waits for a slow file, few enough to keep little of them.
    private const int FilesAhead = 64;

    /// <summary>Looks at a path.</summary>
    /// <param name="path">A whole path, of a folder or of a file.</param>
    /// <param name="suppression">A file of suppressions; null for the one of the folder, where it has one.</param>
    /// <param name="withHistory">Look at the history too. What is in a file and in its history is told once.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>ScanPathMissing</c>, <c>GitMissing</c>, <c>GitRepositoryMissing</c>, <c>SuppressionFileInvalid</c> and the like.</exception>
    public async IAsyncEnumerable<ScanEvent> SearchAsync(string path, string? suppression, bool withHistory, [EnumeratorCancellation] CancellationToken cancel)
    {
        ScanRoot root = ScanRoot.Find(path, suppression, files, documents, clock);
        FileFindings findings = new(root, clock);
        await foreach (ScanEvent one in FilesAsync(path, findings, cancel).ConfigureAwait(false))
        {
            yield return one;
        }

        if (withHistory)
        {
            await foreach (ScanEvent one in HistoryAsync(path, root, findings, cancel).ConfigureAwait(false))
            {
                yield return one;
            }
        }

        foreach (Finding about in root.IsWhole || suppression is not null ? root.Suppressions?.Review() ?? [] : [])
        {
            yield return new ScanEvent { Finding = about };
        }

        if (findings.SuppressedInline + (root.Suppressions?.Suppressed ?? 0) is > 0 and int suppressed)
        {
            yield return new ScanEvent { Note = $"{suppressed} findings are suppressed, {findings.SuppressedInline} of them by their lines{(root.Suppressions is null ? "" : $", the others by {Printable.Of(root.Suppressions.Path)}")}." };
        }
    }

    private async IAsyncEnumerable<ScanEvent> FilesAsync(string path, FileFindings findings, [EnumeratorCancellation] CancellationToken cancel)
    {
        var queue = Channel.CreateBounded<(ScannedFile File, Task<object> Scan)>(FilesAhead);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using SemaphoreSlim processors = new(Environment.ProcessorCount);
        Task finding = FindAsync(path, queue.Writer, processors, stop.Token);
        try
        {
            await foreach ((ScannedFile file, Task<object> scan) in queue.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
            {
                foreach (ScanEvent one in Tell(file, await scan.ConfigureAwait(false), findings))
                {
                    yield return one;
                }
            }

            await finding.ConfigureAwait(false);
        }
        finally
        {
            // Whoever stops listening stops the work, and what is open is closed before that is told.
            await stop.CancelAsync().ConfigureAwait(false);
            await finding.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            while (queue.Reader.TryRead(out (ScannedFile File, Task<object> Scan) left))
            {
                await left.Scan.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    private async Task FindAsync(string path, ChannelWriter<(ScannedFile File, Task<object> Scan)> queue, SemaphoreSlim processors, CancellationToken cancel)
    {
        // Away from the caller's thread: what is found is told there.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            foreach (ScannedFile file in files.Find(path))
            {
                if (file.Failure is null && file.LeftOut is null)
                {
                    await processors.WaitAsync(cancel).ConfigureAwait(false);
                    await queue.WriteAsync((file, ScanAsync(file.Path, processors, cancel)), cancel).ConfigureAwait(false);
                }
                else
                {
                    await queue.WriteAsync((file, Task.FromResult<object>(file)), cancel).ConfigureAwait(false);
                }
            }

            queue.Complete();
        }
        catch (Exception e)
        {
            queue.Complete(e is AcodeException ? e : null);
            throw;
        }
    }

    // What was found, or why it could not be looked at.
    private async Task<object> ScanAsync(string path, SemaphoreSlim processors, CancellationToken cancel)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using Stream stream = files.Open(path);
            return await StreamScan.ReadAsync(stream, TextTraits.Of(path), cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            return failure;
        }
        finally
        {
            processors.Release();
        }
    }

    private static IEnumerable<ScanEvent> Tell(ScannedFile file, object result, FileFindings findings)
    {
        switch (result)
        {
            case ScannedFile { Failure: { } failure }:
                return [new ScanEvent { Failure = failure }];
            case AcodeException failure:
                return [new ScanEvent { Failure = failure }, new ScanEvent { Done = file.Path }];
            case ScannedFile { LeftOut: { } why }:
                return [new ScanEvent { Note = $"{Printable.Of(file.Path)} is left out: {why}." }];
            case StreamFindings { Binary: { } what }:
                return [new ScanEvent { Note = $"{Printable.Of(file.Path)} is left out: {what}, not text." }, new ScanEvent { Done = file.Path }];
            default:
                return [.. findings.Of((StreamFindings)result, file.Path).Select(finding => new ScanEvent { Finding = finding }), new ScanEvent { Done = file.Path }];
        }
    }

    private async IAsyncEnumerable<ScanEvent> HistoryAsync(string path, ScanRoot root, FileFindings findings, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (GitVersion version in history.ReadAsync(files.IsFolder(path) ? path : Path.GetDirectoryName(path)!, cancel).ConfigureAwait(false))
        {
            StreamFindings found = await StreamScan.ReadAsync(version.Content, TextTraits.Of(version.Path), cancel).ConfigureAwait(false);
            foreach (Finding finding in findings.Of(found, Path.Combine(root.Folder, version.Path.Replace('/', Path.DirectorySeparatorChar)), version.Commit))
            {
                yield return new ScanEvent { Finding = finding };
            }

            yield return new ScanEvent { Done = version.Path };
        }
    }
}
