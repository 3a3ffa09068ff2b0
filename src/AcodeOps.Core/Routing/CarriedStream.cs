using AcodeOps.Syncs;

namespace AcodeOps.Routing;

/// <summary>Where one incremental stream of the new route is to read on.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Old">Where the old route stands; null where it has no cursor.</param>
/// <param name="New">From where the new route reads; null for from the beginning.</param>
/// <param name="State">The state to write.</param>
internal sealed record CarriedStream(ConnectionStream Stream, StreamCursor? Old, StreamCursor? New, StreamState State);
