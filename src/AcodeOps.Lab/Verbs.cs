using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Commands;
using AcodeOps.Lab.Driver;
using AcodeOps.Lab.Driver.Benchmarks;
using AcodeOps.Lab.Driver.Packaging;
using AcodeOps.Lab.Driver.Testing;
using AcodeOps.Lab.Servers.Services;

namespace AcodeOps.Lab;

/// <summary>Every word of the lab's command line, one class each.</summary>
internal static class Verbs
{
    public static IReadOnlyList<IVerb> All { get; } =
    [
        new AirbyteVerb(),
        new BenchVerb(),
        new DemoVerb(),
        new FormatVerb(),
        new LabVerb(),
        new PackageVerb(),
        new ServicesVerb(),
        new ShellVerb(),
        new TestVerb(),
    ];
}
