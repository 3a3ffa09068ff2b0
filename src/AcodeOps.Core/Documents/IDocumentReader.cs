namespace AcodeOps.Documents;

/// <summary>Reads structured text into a tree that remembers where everything stood.</summary>
public interface IDocumentReader
{
    /// <summary>Reads a YAML file. Bounded in size, depth and aliases.</summary>
    /// <exception cref="AcodeException"><c>EnvironmentFileNotFound</c>, <c>EnvironmentFileUnreadable</c>, <c>EnvironmentFileInvalid</c> (with line and column in the message).</exception>
    DocumentNode Read(string path);
}

/// <summary>A node of a document, and where it starts (line and column from 1).</summary>
public abstract record DocumentNode(int Line, int Column)
{
    /// <summary>The file, where it is another than that of the document's root: an overlay's.</summary>
    public string? File { get; init; }
}

/// <summary>A single value. <see cref="IsPlain"/> tells an unquoted one, which alone may stand for a number, a boolean or null.</summary>
public sealed record ScalarNode(string Value, bool IsPlain, int Line, int Column) : DocumentNode(Line, Column)
{
    /// <summary>What the file writes, where a variable of the process was put in; null where the value is the file's own.</summary>
    public string? Written { get; init; }
}

/// <summary>A list.</summary>
public sealed record SequenceNode(IReadOnlyList<DocumentNode> Items, int Line, int Column) : DocumentNode(Line, Column);

/// <summary>Keys and values in the order of the file; a key written twice is here twice.</summary>
public sealed record MappingNode(IReadOnlyList<(ScalarNode Key, DocumentNode Value)> Entries, int Line, int Column) : DocumentNode(Line, Column);
