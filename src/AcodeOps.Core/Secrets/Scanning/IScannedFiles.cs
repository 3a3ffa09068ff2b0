namespace AcodeOps.Secrets.Scanning;

/// <summary>The files of this machine in which secrets are looked for.</summary>
public interface IScannedFiles
{
    /// <summary>
    /// The files below a folder, whole, in a stable order; or the one file that the path names. Links within a folder are not followed. What cannot
    /// be listed is told as a failure, and what is left out as a note.
    /// </summary>
    /// <exception cref="AcodeException"><c>ScanPathMissing</c>: there is nothing by that name. Not fatal.</exception>
    IEnumerable<ScannedFile> Find(string path);

    /// <summary>Opens a file to be read once, from its beginning to its end.</summary>
    /// <exception cref="AcodeException"><c>ScanFileUnreadable</c>. Not fatal.</exception>
    Stream Open(string path);

    /// <summary>True for a folder.</summary>
    bool IsFolder(string path);

    /// <summary>True for a file that is there.</summary>
    bool IsFile(string path);
}

/// <summary>A file to look at, or what stands in the way of looking.</summary>
/// <param name="Path">Its whole path.</param>
/// <param name="Failure">Why it, or what is below it, cannot be looked at; null where it can.</param>
/// <param name="LeftOut">Why it is left out; null where it is not.</param>
public sealed record ScannedFile(string Path, AcodeException? Failure = null, string? LeftOut = null);
