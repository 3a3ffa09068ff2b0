using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Aws;

internal sealed class AwsAccount(AwsDefinition definition, AwsSession? session) : IDisposable
{
    public AwsDefinition Definition { get; } = definition;
    public AwsSession? Session { get; } = session;
    public void Dispose() { }
}
