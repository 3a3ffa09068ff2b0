namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>One thing worth measuring, side by side with what a user would run instead.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>Too long to run unless it is named.</summary>
    bool IsOnlyByName => false;

    IAsyncEnumerable<Measurement> RunAsync(CancellationToken cancel);
}
