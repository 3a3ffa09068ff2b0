namespace AcodeOps.Documents;

/// <summary>A place in a file; what an unreadable environment file's error is about.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; null where the whole file is meant.</param>
/// <param name="Column">The column in the line, from 1; null where the whole file is meant.</param>
public sealed record FilePosition(string File, int? Line = null, int? Column = null)
{
    /// <summary>The place in words, as it begins a message.</summary>
    public string InWords => Line is null ? File : $"{File}, line {Line}, column {Column}";

    /// <inheritdoc />
    public override string ToString() => Line is null ? File : $"{File}({Line},{Column})";
}
