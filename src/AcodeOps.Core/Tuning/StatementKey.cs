namespace AcodeOps.Tuning;

/// <summary>One kind of statement, as a server tells them apart.</summary>
/// <param name="Schema">The database that the session was in; null for none.</param>
/// <param name="Digest">The hash of the statement without its literals; null for all those together for which the server had no room.</param>
public readonly record struct StatementKey(string? Schema, string? Digest);
