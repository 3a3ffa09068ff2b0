namespace AcodeOps.Lab.Driver;

/// <summary><c>format</c>: brings the sources into the form that <c>test</c> checks.</summary>
internal sealed class FormatVerb : IVerb
{
    public string Name => "format";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        await ChildProcess.DotnetAsync(Repository.Find(), "The formatting", ["format", "AcodeOps.sln"], cancel);
        return 0;
    }
}
