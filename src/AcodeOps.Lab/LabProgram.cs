using System.Runtime.InteropServices;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab;

/// <summary>The lab's own program, for the parts of a lab that are processes of their own.</summary>
internal static class LabProgram
{
    // …/dotnet/shared/Microsoft.NETCore.App/10.0.x/
    private static readonly string DotNetFolder = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>What a .NET child needs of the environment.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_ROOT"] = DotNetFolder,
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_gcServer"] = "0",
        // The home folder of a server is its own; the cache is ours.
        ["ACODE_CACHE"] = LabCache.Root,
    };

    public static IReadOnlyList<string> Command(string verb, params IEnumerable<string> arguments) =>
        [Path.Combine(DotNetFolder, "dotnet"), "exec", typeof(LabProgram).Assembly.Location, verb, .. arguments];
}
