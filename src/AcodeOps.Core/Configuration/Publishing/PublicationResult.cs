namespace AcodeOps;

/// <summary>What came of publishing a configuration.</summary>
/// <param name="Backup">The backup that was made first: its key in the audit storage; null where there was nothing to keep.</param>
/// <param name="Resources">What was made or changed.</param>
public sealed record PublicationResult(string? Backup, IReadOnlyList<PublishedResource> Resources)
{
    /// <inheritdoc />
    public override string ToString() => Resources.Count == 0 ? "Nothing was changed." : $"{string.Join(", ", Resources)}; kept before in {Backup}";
}

/// <summary>A resource that was made or changed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Its file within the project.</param>
/// <param name="Name">Its name.</param>
/// <param name="ResourceId">Its id at Airbyte.</param>
public sealed record PublishedResource(ConfiguredKind Kind, string Path, string Name, Guid ResourceId)
{
    /// <inheritdoc />
    public override string ToString() => $"{Kind} {Name} ({ResourceId})";
}
