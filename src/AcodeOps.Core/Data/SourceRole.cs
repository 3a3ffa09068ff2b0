namespace AcodeOps;

/// <summary>What a MySQL server is to the installation.</summary>
public enum SourceRole
{
    /// <summary>The partner's server. AcodeOps only ever reads it.</summary>
    Primary,

    /// <summary>The own replica of the primary.</summary>
    Backup,
}
