using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>What a run remembers of a resource that it has made or changed.</summary>
/// <param name="Id">Its id at Airbyte.</param>
/// <param name="Live">What Airbyte told of it afterwards; null while it was not read back.</param>
internal sealed record AppliedFact(Guid Id, AirbyteResource? Live)
{
    /// <summary>What is remembered; null for nothing.</summary>
    public static AppliedFact? Of(StepFacts facts, string path) => facts.Get<AppliedFact>(NameOf(path));

    /// <summary>Remembers it.</summary>
    public void Keep(StepFacts facts, string path) => facts.Set(NameOf(path), this);

    private static string NameOf(string path) => $"applied {path}";
}
