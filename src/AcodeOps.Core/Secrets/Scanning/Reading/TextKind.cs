namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>How a text is written, as far as it matters for what stands unquoted in it.</summary>
internal enum TextKind
{
    /// <summary>Sentences, tables, logs: an unquoted word is most often just a word.</summary>
    Prose,

    /// <summary>Keys and values: what stands unquoted is the value itself.</summary>
    Settings,

    /// <summary>A programming language: what stands unquoted is a name or an expression.</summary>
    Code,

    /// <summary>Commands: what stands unquoted is a literal unless it begins like a variable.</summary>
    Shell,
}
