namespace AcodeOps.Core.Tests.Secrets.Scanning;

/// <summary>Tests on texts of megabytes run alone: others measure what the process holds in memory.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LargeTexts
{
    public const string Name = "large texts";
}
