namespace AcodeOps.Health;

/// <summary>The source that figures of tables are asked of.</summary>
/// <param name="Source">The source; it answers.</param>
/// <param name="Evidence">Why it and not the other.</param>
internal sealed record SourceChoice(ISource Source, string Evidence);
