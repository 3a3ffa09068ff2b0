using System.Runtime.CompilerServices;
using AcodeOps.Audit;

namespace AcodeOps.Adapters.Files;

/// <summary>A folder, or a file, that a trail was copied to, however it was laid out. Nothing but JSON files is read.</summary>
internal sealed class AuditFolder : IAuditMaterial
{
    // A record is some kilobytes; a digest of a busy day some hundreds.
    private const long MaxBytes = 64 << 20;
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.ReparsePoint };
    private readonly string _path;

    /// <summary>The files below a path.</summary>
    /// <exception cref="AcodeException"><c>AuditFolderNotFound</c>.</exception>
    public AuditFolder(string path)
    {
        _path = path;
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            throw new AcodeException("AuditFolderNotFound", FailureClass.NotFound, $"There is no folder '{path}'.") { Subject = path };
        }
    }

    /// <inheritdoc />
    public string Name => _path;

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditFile> ListAsync(AuditSpan span, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        using IEnumerator<string> files = (File.Exists(_path) ? [_path] : Directory.EnumerateFiles(_path, "*.json", Everything)).GetEnumerator();
        while (Next(files))
        {
            cancel.ThrowIfCancellationRequested();
            yield return new(files.Current, NameOf(files.Current), AuditPlace.Trail);
        }
    }

    /// <inheritdoc />
    public Task<ReadOnlyMemory<byte>?> ReadAsync(AuditFile file, CancellationToken cancel)
    {
        try
        {
            // Not asynchronous: the system reads small files at once, and a detour for each costs more than the reading.
            using FileStream stream = new(file.Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            byte[] content = stream.Length <= MaxBytes ? new byte[stream.Length] : throw new IOException("It is too large for a record.");
            stream.ReadExactly(content);
            return Task.FromResult<ReadOnlyMemory<byte>?>(content);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<ReadOnlyMemory<byte>?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file.Location, e);
        }
    }

    // A copy keeps the names below one of the two roots; where neither is there, a file has no name of its own.
    private string NameOf(string file)
    {
        // A spool keeps the slashes of a name as plus signs.
        string path = file.Replace('\\', '/');
        path = path[..(path.LastIndexOf('/') + 1)] + Path.GetFileName(path).Replace('+', '/');
        int root = Math.Max(path.LastIndexOf($"/{AuditKey.Root}", StringComparison.Ordinal), path.LastIndexOf($"/{DigestKey.Root}", StringComparison.Ordinal));
        return root < 0 ? Path.GetRelativePath(_path, file) : path[(root + 1)..];
    }

    private bool Next(IEnumerator<string> files)
    {
        try
        {
            return files.MoveNext();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(_path, e);
        }
    }

    private static AcodeException Unreadable(string path, Exception e) =>
        new("AuditFileUnreadable", FailureClass.Permission, $"'{path}' cannot be read: {e.Message}", e) { Subject = path };
}
