using AcodeOps.Configuration.Applied;

namespace AcodeOps.Configuration.Comparing;

/// <summary>One resource as the files have it, as Airbyte has it, and as it was applied last; what is null is not there.</summary>
internal sealed record ResourcePair(DesiredResource? Desired, AirbyteResource? Live, AppliedResource? Applied)
{
    /// <summary>The differences, found later.</summary>
    public IReadOnlyList<ConfigurationChange> Changes { get; init; } = [];

    /// <summary>What publishing does about the whole.</summary>
    public ConfigurationAction Action => Changes.Select(change => change.Action).Where(action => action != ConfigurationAction.Leave).DefaultIfEmpty(ConfigurationAction.Leave).First();

    /// <summary>What it is.</summary>
    public ConfiguredKind Kind => Desired?.Kind ?? Live!.Kind;

    /// <summary>Its name: the one that it is to have.</summary>
    public string Name => Desired?.Name ?? Live!.Name;
}
