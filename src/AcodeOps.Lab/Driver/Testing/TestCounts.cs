namespace AcodeOps.Lab.Driver.Testing;

/// <summary>How many tests came out how.</summary>
internal sealed record TestCounts(int Passed, int Failed, int Skipped)
{
    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";
}
