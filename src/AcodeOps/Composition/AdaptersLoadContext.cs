using System.Reflection;
using System.Runtime.Loader;

namespace AcodeOps.Composition;

/// <summary>
/// The private home of the adapters and of every package: users have AWS.Tools, SqlServer or dbatools in the same
/// session, whose AWSSDK.Core or YamlDotNet differ. One for the process, made at first use.
/// </summary>
internal sealed class AdaptersLoadContext : AssemblyLoadContext
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(AdaptersLoadContext).Assembly.Location)!, "dependencies");
    private readonly AssemblyDependencyResolver _resolver;
    private readonly Assembly _core = typeof(AcodeException).Assembly;

    private AdaptersLoadContext(string adapters) : base("AcodeOps") => _resolver = new AssemblyDependencyResolver(adapters);

    /// <summary>Loads the adapters' assembly with a context of its own.</summary>
    public static Assembly LoadAdapters()
    {
        string adapters = Path.Combine(Folder, "AcodeOps.Adapters.dll");
        return new AdaptersLoadContext(adapters).LoadFromAssemblyPath(adapters);
    }

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Core is shared: its records and ports are the same types on both sides.
        if (assemblyName.Name == _core.GetName().Name)
        {
            return _core;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path && !IsRuntimesOwn(assemblyName.Name, path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>
    /// Whoever listens to the spans and meters of this process listens to the runtime's own: it is used wherever it is as new as the
    /// packages want it.
    /// </summary>
    private static bool IsRuntimesOwn(string? name, string path)
    {
        if (name != "System.Diagnostics.DiagnosticSource")
        {
            return false;
        }

        Version wanted = AssemblyName.GetAssemblyName(path).Version!;
        return typeof(System.Diagnostics.Activity).Assembly.GetName().Version >= wanted;
    }

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
