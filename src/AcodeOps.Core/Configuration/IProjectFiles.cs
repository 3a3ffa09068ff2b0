using AcodeOps.Documents;

namespace AcodeOps.Configuration;

/// <summary>The files of a configuration project.</summary>
public interface IProjectFiles
{
    /// <summary>
    /// The YAML files one level below the folders <c>sources</c>, <c>destinations</c> and <c>connections</c> of a folder, with
    /// slashes and relative to it, in the order of their names; null where there is no such folder.
    /// </summary>
    /// <exception cref="AcodeException"><c>ConfigurationFolderUnreadable</c> (Permission).</exception>
    IReadOnlyList<string>? Find(string folder);

    /// <summary>Reads a file.</summary>
    /// <exception cref="AcodeException"><c>ConfigurationFileInvalid</c>, <c>ConfigurationFileUnreadable</c>, with the <see cref="FilePosition"/> as its subject.</exception>
    DocumentNode Read(string path);

    /// <summary>Writes a file whole, or not at all; its folder is made where there is none.</summary>
    /// <exception cref="AcodeException"><c>ConfigurationFileNotWritten</c>.</exception>
    void Write(string path, string text);

    /// <summary>True where there is such a file.</summary>
    bool Exists(string path);
}
