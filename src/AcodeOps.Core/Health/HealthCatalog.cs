namespace AcodeOps.Health;

/// <summary>Every kind of check there is: the classes of this assembly that derive from <see cref="HealthProbe"/>.</summary>
public static class HealthCatalog
{
    private static readonly Lazy<IReadOnlyList<HealthProbe>> Probes = new(() =>
    [
        // One that is made of something else is run by whoever makes it.
        .. Discovered.Of<HealthProbe>(type => type.GetConstructor(Type.EmptyTypes) is not null)
            .OrderBy(probe => probe.Component).ThenBy(probe => probe.GetType().Name, StringComparer.Ordinal),
    ]);

    /// <summary>The probes, in the order of their components.</summary>
    public static IReadOnlyList<HealthProbe> All => Probes.Value;
}
