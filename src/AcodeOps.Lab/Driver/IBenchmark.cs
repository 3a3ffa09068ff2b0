namespace AcodeOps.Lab.Driver;

/// <summary>One thing worth measuring, side by side with what a user would run instead.</summary>
internal interface IBenchmark
{
    string Name { get; }

    IAsyncEnumerable<Measurement> RunAsync(CancellationToken cancel);
}
