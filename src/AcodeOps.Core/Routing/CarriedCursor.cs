namespace AcodeOps.Routing;

/// <summary>A carried cursor as the journal keeps it.</summary>
/// <param name="Field">The column.</param>
/// <param name="Old">Where the old route stood.</param>
/// <param name="New">From where the new route reads.</param>
internal sealed record CarriedCursor(string Field, string? Old, string New);
