namespace AcodeOps.Secrets.Rotating;

/// <summary>Why a rotation is not begun, or does not go on.</summary>
internal static class RotationRefusals
{
    /// <summary>It would make things worse.</summary>
    public static AcodeException Refused(SourceDefinition source, string why, string advice) => new("RotationRefused", FailureClass.Refused, $"The password of the {source} is not rotated: {why}")
    {
        Advice = advice,
        Subject = source,
    };

    /// <summary>Nobody who may do it is known.</summary>
    public static AcodeException AdministratorMissing(SourceDefinition source, string who, IReadOnlyList<string> rights) => new(
        "RotationAdministratorMissing", FailureClass.Permission, $"The password of the {source} is not rotated: {who} may not do it. It lacks {string.Join(", ", rights)}.")
    {
        Advice = source.Administrator is null
            ? $"Name who may at sources.{source.Role.ToString().ToLowerInvariant()}.administrator in the environment file (administrator: secretsmanager:NAME), or have the rights granted to the account."
            : "Have the rights granted to the administrator: docs/rotation.md lists them.",
        Subject = source,
    };

    /// <summary>Somebody else's rotation is half done.</summary>
    public static AcodeException PendingStale(CredentialReference reference, string versionId) => new(
        "PendingSecretStale", FailureClass.Conflict, $"{reference} has a pending version ({versionId}) that is not of this run: another rotation is under way, or was left half done.")
    {
        Advice = "Wait for it, or finish it where it was begun (Get-AcodeRunbook -Unfinished, the secret's Lambda). "
            + $"When nobody needs it, take its label off: aws secretsmanager update-secret-version-stage --secret-id {reference.Name} --version-stage {SecretLabels.Pending} --remove-from-version-id {versionId}",
        Subject = reference,
    };

    /// <summary>The secret is not what it was.</summary>
    public static AcodeException Outdated(CredentialReference reference) => new(
        "PlanOutdated", FailureClass.Conflict, $"{reference} has another current version than when this was planned.")
    {
        Advice = "Look at who changed it, and plan anew.",
        Subject = reference,
    };

    /// <summary>A version is gone that is needed.</summary>
    public static AcodeException VersionGone(CredentialReference reference, string versionId) => new(
        "PendingSecretStale", FailureClass.NotFound, $"{reference} has no version {versionId} any more.")
    {
        Advice = "Take the run back with Undo-AcodeRunbook where it is unfinished, and begin a new rotation.",
        Subject = reference,
    };
}
