namespace AcodeOps.Secrets.Rotating;

/// <summary>What an operator asks of a rotation.</summary>
public sealed record RotationRequest
{
    /// <summary>The source.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>How; by what the source is where nothing is said.</summary>
    public RotationMode Mode { get; init; }

    /// <summary>The user that the partner handed over; null for the present one.</summary>
    public string? UserName { get; init; }

    /// <summary>The password that the partner handed over; null where none was.</summary>
    public SecretText? Password { get; init; }

    /// <summary>Consent to switch the server's super_read_only off for the moment of each statement on the account.</summary>
    public bool LiftSuperReadOnly { get; init; }

    /// <summary>The login that was handed over, for the secret of a plan; null where none was.</summary>
    public Credential? HandedOver(RotationPlan plan) => Password is null ? null : new Credential { Reference = plan.Reference, UserName = UserName, Password = Password };
}
