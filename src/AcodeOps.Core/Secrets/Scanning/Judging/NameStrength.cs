namespace AcodeOps.Secrets.Scanning.Judging;

/// <summary>What a name says about the value that is given to it.</summary>
internal enum NameStrength
{
    /// <summary>Nothing, or that it is no secret.</summary>
    None,

    /// <summary>It may be one: a key, a credential.</summary>
    Weak,

    /// <summary>It is a token, a key of an API or another secret that a machine made.</summary>
    Token,

    /// <summary>It is a password.</summary>
    Password,
}
