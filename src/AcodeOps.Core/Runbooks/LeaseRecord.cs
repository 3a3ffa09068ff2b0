namespace AcodeOps.Runbooks;

/// <summary>What the lease object says: who may change the installation.</summary>
internal sealed record LeaseRecord
{
    /// <summary>Grows with each owner and never goes back: tells an owner from the one before.</summary>
    public required long Token { get; init; }

    /// <summary>Names this taking of the lease, and no other.</summary>
    public required string Holder { get; init; }

    /// <summary>How often it was renewed. Makes each writing differ, so that the object's tag tells them apart.</summary>
    public required int Renewals { get; init; }

    /// <summary>The process that owns it.</summary>
    public required ProcessStamp Owner { get; init; }

    /// <summary>The run that it is for.</summary>
    public required string RunId { get; init; }

    /// <summary>What the run does, for people.</summary>
    public required string Title { get; init; }

    /// <summary>When it was taken, by the owner's clock, UTC. For people: nothing is decided by it.</summary>
    public required DateTimeOffset AcquiredAt { get; init; }

    /// <summary>How long it holds from its writing on, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>True when its owner has let go of it.</summary>
    public bool Released { get; init; }
}
