using System.Diagnostics;

namespace AcodeOps.Secrets;

/// <summary>
/// A secret that cannot be shown by accident: every way to print it prints a mask. The value leaves by
/// <see cref="Reveal"/> only, at the moment of use.
/// </summary>
[DebuggerDisplay("***")]
public sealed class SecretText(string value)
{
    private readonly string _value = value;

    /// <summary>The secret itself, for the call that needs it.</summary>
    public string Reveal() => _value;

    /// <summary>A mask.</summary>
    public override string ToString() => "***";
}
