using System.Reflection;
using System.Runtime.Loader;

namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>
/// The adapters and the AWS SDK loaded once more, as the module loads them: the SDK keeps the credentials that it found,
/// and the places where it looks for profiles, for as long as it is loaded.
/// </summary>
internal sealed class FreshAdapters() : AssemblyLoadContext("fresh adapters", isCollectible: true)
{
    /// <summary>The door of this copy; Core's types are the ones that the test knows.</summary>
    public IAdapters Open()
    {
        Assembly adapters = LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AcodeOps.Adapters.dll"));
        return (IAdapters)Activator.CreateInstance(adapters.GetType(typeof(AdapterDoor).FullName!, throwOnError: true)!)!;
    }

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name!.StartsWith("AWSSDK.", StringComparison.Ordinal)
            ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"))
            : null;
}
