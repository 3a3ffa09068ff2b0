using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>A holder with one credential, which can be rotated, or be away.</summary>
public sealed class HeldCredential(string password = "lab-secret-1") : ICredentialStore
{
    public static CredentialReference Reference { get; } = new(CredentialHolder.SecretsManager, "acode/airbyte");

    public string UserName { get; init; } = "lab-client";

    public string Password { get; set; } = password;

    /// <summary>What the next password will be once the present one is forgotten.</summary>
    public string? Rotated { get; set; }

    public FailureClass? Fails { get; set; }

    public Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel) => Fails is { } cause
        ? throw new AcodeException("SecretUnreadable", cause, "The secret cannot be read.")
        : Task.FromResult(new Credential { Reference = reference, UserName = UserName, Password = new SecretText(Password) });

    public void Forget(CredentialReference reference) => Password = Rotated ?? Password;

    public Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel) => throw new NotSupportedException();
}
