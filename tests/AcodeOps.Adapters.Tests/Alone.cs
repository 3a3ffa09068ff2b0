namespace AcodeOps.Adapters.Tests;

/// <summary>Tests that measure the memory of the process run alone: otherwise they measure each other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
