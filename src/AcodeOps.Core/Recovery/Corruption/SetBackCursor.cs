namespace AcodeOps.Recovery.Corruption;

/// <summary>A cursor that was set back, as the journal keeps it.</summary>
/// <param name="Field">The column.</param>
/// <param name="Old">Where the stream stood.</param>
/// <param name="New">From where it is read again; null for from the beginning.</param>
/// <param name="FirstDay">The first day whose partition may hold rows that are read again; null for any.</param>
internal sealed record SetBackCursor(string Field, string Old, string? New, DateOnly? FirstDay);
