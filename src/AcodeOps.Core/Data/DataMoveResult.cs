namespace AcodeOps;

/// <summary>What a move of objects, or its taking back, has come to.</summary>
public sealed record DataMoveResult
{
    /// <summary>The move's id: a ULID.</summary>
    public required string Id { get; init; }

    /// <summary>Where the objects were: <c>s3://lake</c>.</summary>
    public required string From { get; init; }

    /// <summary>Where they are now.</summary>
    public required string To { get; init; }

    /// <summary>How many objects are where they should be.</summary>
    public required int Objects { get; init; }

    /// <summary>Their size.</summary>
    public required long Bytes { get; init; }

    /// <summary>Moved, returned, or incomplete.</summary>
    public required DataMoveStatus Status { get; init; }

    /// <summary>The objects that were left where they were, each with its reason. None of them is lost.</summary>
    public IReadOnlyList<DataMoveLeft> Left { get; init => field = value.ToArray(); } = [];

    /// <summary>Where the manifest is: <c>s3://quarantine/20261124/{id}/manifest.json</c>.</summary>
    public required string Manifest { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"Move {Id}: {Status}, {Objects} objects from {From} to {To}";
}

/// <summary>An object that a move left where it was.</summary>
/// <param name="Key">Its key before the move.</param>
/// <param name="ErrorId"><c>ObjectChanged</c>, <c>ObjectExists</c>, <c>ObjectMissing</c> or <c>ObjectDiffers</c>.</param>
/// <param name="Message">What stands in the way.</param>
public sealed record DataMoveLeft(string Key, string ErrorId, string Message);
