namespace AcodeOps.Adapters.Tests.Corruption;

/// <summary>What has become of a partition.</summary>
public enum Damage
{
    /// <summary>Its objects are cut off in the middle.</summary>
    Truncated,

    /// <summary>Every object is there twice.</summary>
    Doubled,

    /// <summary>Its objects were written over with rows that no pharmacy has sold: keys below zero and beyond all others, times of other centuries.</summary>
    Absurd,
}
