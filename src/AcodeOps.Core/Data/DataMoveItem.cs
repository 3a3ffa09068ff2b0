namespace AcodeOps;

/// <summary>One object of a move, as it was listed before the move.</summary>
/// <param name="Bucket">The bucket that it is moved from.</param>
/// <param name="Key">Its key there.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ETag">Its entity tag.</param>
/// <param name="ModifiedAt">When it was written, UTC.</param>
/// <param name="TargetKey">Its key in the bucket that it is moved to.</param>
public sealed record DataMoveItem(string Bucket, string Key, long SizeBytes, string ETag, DateTimeOffset ModifiedAt, string TargetKey);
