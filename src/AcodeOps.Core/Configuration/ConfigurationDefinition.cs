namespace AcodeOps;

/// <summary>Where an environment's configuration of Airbyte is kept as files.</summary>
/// <param name="Folder">The project's folder: <c>sources/</c>, <c>destinations/</c> and <c>connections/</c> are in it.</param>
/// <param name="Overlay">The folder below <c>overlays/</c> whose values are laid over the project's; null for none.</param>
public sealed record ConfigurationDefinition(string Folder, string? Overlay = null);
