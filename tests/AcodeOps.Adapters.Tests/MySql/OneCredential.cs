using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>
/// A holder of one password, which keeps what it read until told to forget, as the real one does. The password can be
/// rotated behind its back.
/// </summary>
internal sealed class OneCredential(string password) : ICredentialStore
{
    private string? _kept;

    /// <summary>The password at the holder.</summary>
    public string Current { get; set; } = password;

    /// <summary>How often the holder itself was asked.</summary>
    public int Reads { get; private set; }

    /// <summary>Stands in for the holder, where reading is to fail or to take for ever.</summary>
    public Func<CancellationToken, Task>? Before { get; init; }

    public async Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel)
    {
        if (Before is not null)
        {
            await Before(cancel);
        }

        if (_kept is null)
        {
            Reads++;
            _kept = Current;
        }

        return new Credential { Reference = reference, Password = new SecretText(_kept) };
    }

    public void Forget(CredentialReference reference) => _kept = null;

    public Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel) =>
        throw new InvalidOperationException("No test of a source writes credentials.");
}
