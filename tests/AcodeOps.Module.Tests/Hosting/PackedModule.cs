using AcodeOps.Lab.Driver;
using AcodeOps.Lab.Driver.Packaging;

namespace AcodeOps.Module.Tests.Hosting;

/// <summary>The packed module under test: the one that ACODE_MODULE names, or else one packed once for this run.</summary>
internal static class PackedModule
{
    private static readonly Lazy<string> Packed = new(() =>
    {
        if (Environment.GetEnvironmentVariable("ACODE_MODULE") is { Length: > 0 } named)
        {
            return named;
        }

        Repository repository = Repository.Find();
        new ModulePackage(repository).MakeAsync(built: false, CancellationToken.None).GetAwaiter().GetResult();
        return repository.Manifest;
    });

    public static string Manifest => Packed.Value;

    public static string Folder => Path.GetDirectoryName(Manifest)!;

    public static string Dependencies => Path.Combine(Folder, "dependencies");
}
