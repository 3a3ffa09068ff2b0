namespace AcodeOps.Lab.Driver.Testing;

/// <summary>One suite's run; trouble is what went wrong beside its tests, and is counted as one failure.</summary>
internal sealed record SuiteResult(TestCounts Counts, TimeSpan Duration, string? Trouble);
