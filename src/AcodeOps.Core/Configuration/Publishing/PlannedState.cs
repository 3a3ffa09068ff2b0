namespace AcodeOps.Configuration.Publishing;

/// <summary>How far a connection's streams are to have been read.</summary>
/// <param name="Path">The connection's file, or what stands for it.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">The state.</param>
internal sealed record PlannedState(string Path, string Name, SyncState State);
