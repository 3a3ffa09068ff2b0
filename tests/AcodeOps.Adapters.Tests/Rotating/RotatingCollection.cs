namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>One after the other: rotations of accounts on one replica lift its super_read_only, each for itself.</summary>
[CollectionDefinition(Name)]
public sealed class RotatingCollection
{
    public const string Name = "Rotating";
}
