using System.Collections.Concurrent;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Rotating;

/// <summary>An installation whose Secrets Manager fails: a label's move, the staging, or everything (an empty word), each so many times.</summary>
internal sealed class FaultySecrets(IInstallation real, string what, FailureClass cause, int times) : DelegatingInstallation(real)
{
    private readonly ConcurrentDictionary<string, int> _struck = new();
    private bool _armed;

    /// <summary>How often it failed.</summary>
    public int Struck => _struck.Values.Sum();

    // A plan may be made: what is asked from the first write on fails.
    public override ISecretVersions SecretVersions => new Faulty(this, base.SecretVersions);

    private async Task StrikeAsync(string act, bool isWrite)
    {
        _armed |= isWrite;
        if (_armed && (what.Length == 0 || what == act) && _struck.AddOrUpdate(act, 1, (_, n) => n + 1) <= times)
        {
            await Task.Yield();
            throw new AcodeException(cause == FailureClass.Permission ? "SecretAccessDenied" : "SecretsUnavailable", cause, "Secrets Manager answered with 503, or refused.");
        }

        if (_struck.TryGetValue(act, out int struck) && struck > times)
        {
            _struck[act] = times;
        }
    }

    private sealed class Faulty(FaultySecrets faults, ISecretVersions versions) : ISecretVersions
    {
        public async Task<SecretDescription> DescribeAsync(CredentialReference reference, CancellationToken cancel)
        {
            await faults.StrikeAsync("describe", isWrite: false);
            return await versions.DescribeAsync(reference, cancel);
        }

        public async Task<Credential?> ReadAsync(CredentialReference reference, string versionId, CancellationToken cancel)
        {
            await faults.StrikeAsync("read", isWrite: false);
            return await versions.ReadAsync(reference, versionId, cancel);
        }

        public async Task StageAsync(CredentialReference reference, string versionId, Credential credential, CancellationToken cancel)
        {
            await faults.StrikeAsync("stage", isWrite: true);
            await versions.StageAsync(reference, versionId, credential, cancel);
        }

        public async Task MoveLabelAsync(CredentialReference reference, string label, string? from, string? to, CancellationToken cancel)
        {
            await faults.StrikeAsync(label, isWrite: true);
            await versions.MoveLabelAsync(reference, label, from, to, cancel);
        }

        public async Task<string> RotateAsync(CredentialReference reference, string lambda, string token, CancellationToken cancel)
        {
            await faults.StrikeAsync("rotate", isWrite: true);
            return await versions.RotateAsync(reference, lambda, token, cancel);
        }
    }
}
