using AcodeOps.Configuration.Applied;

namespace AcodeOps.Configuration.Comparing;

/// <summary>
/// Finds what belongs together: by the id that the state file remembers, then by the one that was applied last, then by name.
/// Airbyte does not keep names unique: where several have one, none is taken.
/// </summary>
internal sealed class ResourcePairing
{
    private readonly List<AirbyteResource> _unclaimed;
    private readonly IReadOnlyList<AppliedResource> _applied;

    private ResourcePairing(IEnumerable<AirbyteResource> live, AppliedConfiguration? applied) => (_unclaimed, _applied) = ([.. live], applied?.Resources ?? []);

    /// <summary>Why a resource could not be found for certain.</summary>
    public List<AcodeException> Failures { get; } = [];

    /// <summary>All pairs: what the files have, in their order; what was applied and is in no file any more; and what nobody here made.</summary>
    public static (IReadOnlyList<ResourcePair> Pairs, IReadOnlyList<AcodeException> Failures) Pair(
        IReadOnlyList<DesiredResource> desired, IEnumerable<AirbyteResource> live, AppliedConfiguration? applied)
    {
        ResourcePairing pairing = new(live, applied);
        Dictionary<DesiredResource, AirbyteResource> found = new(ReferenceEqualityComparer.Instance);
        foreach (Func<DesiredResource, AirbyteResource?> way in (Func<DesiredResource, AirbyteResource?>[])[pairing.ByState, pairing.ByRecord, pairing.ByName])
        {
            foreach (DesiredResource resource in desired.Where(resource => !found.ContainsKey(resource)))
            {
                if (way(resource) is { } match)
                {
                    found[resource] = match;
                    pairing._unclaimed.Remove(match);
                }
            }
        }

        List<ResourcePair> pairs = [.. desired.Select(resource => new ResourcePair(resource, found.GetValueOrDefault(resource), pairing.RecordOf(resource, found.GetValueOrDefault(resource))))];
        pairs.AddRange(pairing._unclaimed.Select(left => new ResourcePair(null, left, pairing._applied.FirstOrDefault(record => record.Id == left.Id))));
        return (pairs, pairing.Failures);
    }

    private AirbyteResource? ByState(DesiredResource resource) => resource.KnownId is { } id ? _unclaimed.Find(live => live.Kind == resource.Kind && live.Id == id) : null;

    private AirbyteResource? ByRecord(DesiredResource resource) =>
        _applied.FirstOrDefault(record => record.Kind == resource.Kind && record.Path == resource.Path) is { } record ? _unclaimed.Find(live => live.Kind == resource.Kind && live.Id == record.Id) : null;

    private AirbyteResource? ByName(DesiredResource resource)
    {
        List<AirbyteResource> named = _unclaimed.FindAll(live => live.Kind == resource.Kind && live.Name == resource.Name && live.DefinitionId == resource.DefinitionId);
        if (named.Count > 1)
        {
            Failures.Add(new AcodeException("ResourceAmbiguous", FailureClass.Conflict, $"Airbyte has {named.Count} {resource.Kind}s named '{resource.Name}': {string.Join(", ", named.Select(live => live.Id))}. Which of them {resource.Path} means is not known.")
            {
                Advice = "Give the others another name in Airbyte, or delete them.",
                Subject = resource.Path,
                IsFatal = false,
            });
        }

        return named.Count == 1 ? named[0] : null;
    }

    private AppliedResource? RecordOf(DesiredResource resource, AirbyteResource? live) =>
        _applied.FirstOrDefault(record => record.Kind == resource.Kind && (live is null ? record.Path == resource.Path : record.Id == live.Id));
}
