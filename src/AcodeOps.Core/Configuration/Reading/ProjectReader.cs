using AcodeOps.Documents;

namespace AcodeOps.Configuration.Reading;

/// <summary>
/// Reads a project in octavia's layout: <c>sources/NAME/configuration.yaml</c>, <c>destinations/…</c>, <c>connections/…</c>, with
/// the state files beside them, and an environment's overlay in the same layout below <c>overlays/ENVIRONMENT</c>.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="variable">A variable of the process; null when it is not set.</param>
internal sealed class ProjectReader(IProjectFiles files, Func<string, string?> variable)
{
    internal const string FileName = "/configuration.yaml";
    private static readonly (string Folder, ConfiguredKind Kind)[] Kinds =
    [
        ("sources/", ConfiguredKind.Source), ("destinations/", ConfiguredKind.Destination), ("connections/", ConfiguredKind.Connection),
    ];

    /// <summary>The folder of a kind: <c>sources</c>.</summary>
    public static string FolderOf(ConfiguredKind kind) => Kinds.First(known => known.Kind == kind).Folder.TrimEnd('/');

    /// <summary>Reads it. What is wrong within files is a finding.</summary>
    /// <param name="definition">Where it is, and which overlay is meant.</param>
    /// <param name="workspace">The workspace whose state files count; null for whichever there is.</param>
    /// <exception cref="AcodeException"><c>ConfigurationFolderNotFound</c>, <c>ConfigurationFolderUnreadable</c>.</exception>
    public ConfigurationProject Read(ConfigurationDefinition definition, Guid? workspace)
    {
        HashSet<string> below = files.Find(definition.Folder) is { Count: > 0 } found ? [.. found] : throw NotFound(definition.Folder);
        string overlay = System.IO.Path.Combine(definition.Folder, "overlays", definition.Overlay ?? "");
        HashSet<string> above = definition.Overlay is null ? [] : [.. files.Find(overlay) ?? throw NotFound(overlay)];
        ILookup<string, string> states = below.Where(path => path.AsSpan(path.LastIndexOf('/') + 1).StartsWith("state", StringComparison.Ordinal)).ToLookup(Beside);
        List<Finding> findings = [];
        List<ConfiguredResource> resources = [];
        foreach ((string folder, ConfiguredKind kind) in Kinds)
        {
            foreach (string path in below.Concat(above).Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(FileName, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal))
            {
                FindingList inFile = new(System.IO.Path.Combine(definition.Folder, path)) { UnknownKeys = FindingSeverity.Warning };
                if (ReadDocument(definition.Folder, below, path, findings) is var lower & ReadDocument(overlay, above, path, findings) is var upper
                    && (lower, upper) is not (null, null))
                {
                    DocumentNode document = lower is null ? upper! : upper is null ? lower : Overlay.Lay(lower, upper, System.IO.Path.Combine(overlay, path));
                    SecretReading.Report(lower, upper is null ? null : Overlay.Lay(new MappingNode([], 1, 1), upper, System.IO.Path.Combine(overlay, path)), document, inFile);
                    ResourceState? state = StateReading.Choose(states[Beside(path)], p => ReadDocument(definition.Folder, below, p, findings), workspace, inFile, document);
                    if (ResourceReading.Read(document, kind, path, new Variables(variable, inFile), inFile) is { } resource)
                    {
                        resources.Add(resource with { State = state });
                    }
                }

                findings.AddRange(inFile.InOrder);
            }
        }

        return new ConfigurationProject { Folder = definition.Folder, Resources = resources, Findings = findings };
    }

    private DocumentNode? ReadDocument(string folder, HashSet<string> known, string path, List<Finding> findings)
    {
        if (!known.Contains(path))
        {
            return null;
        }

        try
        {
            return files.Read(System.IO.Path.Combine(folder, path));
        }
        catch (AcodeException e) when (e.Subject is FilePosition at)
        {
            string place = at.InWords + ": ";
            findings.Add(new Finding
            {
                Rule = e.Id,
                Severity = FindingSeverity.Error,
                Target = path,
                Message = e.Message.StartsWith(place, StringComparison.Ordinal) ? e.Message[place.Length..] : e.Message,
                Remedy = e.Advice,
                File = at.File,
                Line = at.Line ?? 1,
                Column = at.Column ?? 1,
            });
            return null;
        }
    }

    private static string Beside(string path) => path[..path.LastIndexOf('/')];

    private static AcodeException NotFound(string folder) => new(
        "ConfigurationFolderNotFound", FailureClass.NotFound, $"There is no configuration at '{folder}': no sources/NAME/configuration.yaml, destinations/…, connections/… in it.")
    {
        Advice = "Name the folder with -Path, or in the environment file: configuration: { folder: airbyte }. Import-AcodeConfiguration writes one from what is at Airbyte.",
        Subject = folder,
    };
}
