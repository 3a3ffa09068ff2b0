namespace AcodeOps;

/// <summary>How far a move of objects has come.</summary>
/// <param name="ObjectsDone">Objects that are dealt with.</param>
/// <param name="Objects">All its objects.</param>
/// <param name="BytesDone">The size of those that are dealt with.</param>
/// <param name="Bytes">The size of all.</param>
public readonly record struct DataMoveProgress(int ObjectsDone, int Objects, long BytesDone, long Bytes);
