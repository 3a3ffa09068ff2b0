namespace AcodeOps.Core.Tests;

/// <summary>Tests that fill the memory of the process, or measure it, run alone: otherwise they measure each other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
