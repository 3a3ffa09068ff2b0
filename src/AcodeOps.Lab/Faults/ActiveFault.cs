using System.Text.Json;

namespace AcodeOps.Lab.Faults;

/// <summary>A fault that holds at the moment.</summary>
public sealed record ActiveFault(string Name, IReadOnlyList<string> Arguments)
{
    private const string FileName = "faults.json";

    /// <summary>Those of a lab, in the order in which they came.</summary>
    public static IReadOnlyList<ActiveFault> Read(string labFolder)
    {
        string path = Path.Combine(labFolder, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<ActiveFault[]>(File.ReadAllText(path))! : [];
    }

    public static void Write(string labFolder, IEnumerable<ActiveFault> faults) =>
        PrivateFile.Write(Path.Combine(labFolder, FileName), JsonSerializer.Serialize(faults));

    public bool IsSameAs(ActiveFault other) => Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    public override string ToString() => string.Join(' ', Arguments.Prepend(Name));
}
