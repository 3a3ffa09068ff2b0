using AcodeOps.Adapters.Files;
using AcodeOps.Environments;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters;

/// <summary>The one type that the module asks this assembly for, by name.</summary>
public sealed class AdapterDoor : IAdapters
{
    /// <inheritdoc />
    public IDocumentReader Documents { get; } = new YamlDocumentReader();

    /// <inheritdoc />
    public IInstallation Open(AcodeEnvironment environment, AwsSession? session) => new Installation(environment, session, TimeProvider.System);
}
