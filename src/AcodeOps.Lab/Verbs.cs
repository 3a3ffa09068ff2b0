using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Driver;

namespace AcodeOps.Lab;

/// <summary>Every word of the lab's command line, one class each.</summary>
internal static class Verbs
{
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new AirbyteVerb(),
        new PackageVerb(),
        new ShellVerb(),
    ];
}
