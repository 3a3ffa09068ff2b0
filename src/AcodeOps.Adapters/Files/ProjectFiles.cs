using AcodeOps.Configuration;
using AcodeOps.Documents;

namespace AcodeOps.Adapters.Files;

/// <summary>The files of a configuration project, one level below the folder of their kind, as octavia's own tool looks for them.</summary>
internal sealed class ProjectFiles : IProjectFiles
{
    private static readonly string[] Kinds = ["sources", "destinations", "connections"];
    private readonly YamlDocumentReader _documents = new(YamlKind.Configuration);

    /// <inheritdoc />
    public IReadOnlyList<string>? Find(string folder)
    {
        try
        {
            return !Directory.Exists(folder) ? null :
            [
                .. Kinds.Select(kind => Path.Combine(folder, kind)).Where(Directory.Exists)
                    .SelectMany(kind => Directory.EnumerateDirectories(kind))
                    .SelectMany(resource => Directory.EnumerateFiles(resource, "*.yaml"))
                    .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new AcodeException("ConfigurationFolderUnreadable", e is IOException ? FailureClass.ServerFault : FailureClass.Permission, $"The configuration folder '{folder}' cannot be read: {e.Message}", e)
            {
                Advice = "Check the path and the rights of the folder.",
                Subject = new FilePosition(folder),
            };
        }
    }

    /// <inheritdoc />
    public DocumentNode Read(string path) => _documents.Read(path);

    /// <inheritdoc />
    public bool Exists(string path) => File.Exists(path);

    /// <inheritdoc />
    public void Write(string path, string text)
    {
        string draft = $"{path}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(draft, text);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new AcodeException("ConfigurationFileNotWritten", e is IOException ? FailureClass.ServerFault : FailureClass.Permission, $"'{path}' cannot be written: {e.Message}", e)
            {
                Advice = "Check the path and the rights of the folder.",
                Subject = new FilePosition(path),
                IsFatal = false,
            };
        }
    }
}
