namespace AcodeOps.Secrets.Scanning;

/// <summary>The history that git keeps of a folder.</summary>
public interface IGitHistory
{
    /// <summary>
    /// Every content that any file ever had, each once, the oldest first, on all branches, tags and stashes. Nothing that the
    /// repository's own configuration names is run.
    /// </summary>
    /// <param name="folder">The folder: the repository's, or one within it, of which then only that part is read.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>GitMissing</c>, <c>GitRepositoryMissing</c>, <c>GitFailed</c>.</exception>
    IAsyncEnumerable<GitVersion> ReadAsync(string folder, CancellationToken cancel);
}

/// <summary>A content of a file in the history.</summary>
/// <param name="Commit">The commit with which it first appeared.</param>
/// <param name="Path">The file that had it then, relative to the repository, with slashes.</param>
/// <param name="Content">The content, to be read before the next one is asked for.</param>
public sealed record GitVersion(string Commit, string Path, Stream Content);
