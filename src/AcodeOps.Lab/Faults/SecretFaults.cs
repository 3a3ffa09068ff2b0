namespace AcodeOps.Lab.Faults;

/// <summary>Credentials that are wrong where they are kept.</summary>
internal static class SecretFaults
{
    public static IReadOnlyList<LabFault> All { get; } =
    [
        new("wrong-password", "primary|backup", "the secret of the source holds a wrong password: access denied, the server is well",
            (lab, a, c) => PutAsync(lab, a, LabPassword.New(), c), (lab, a, c) => PutAsync(lab, a, null, c)),
    ];

    private static Task PutAsync(LabSite lab, string[] arguments, string? password, CancellationToken cancel) =>
        LabFaults.Argument(arguments, 0, ["primary", "backup"]) == "primary"
            ? lab.PutSourceSecretAsync(LabSecrets.Primary, lab.Databases.Primary, password ?? lab.Databases.Primary.Reader.Password, cancel)
            : lab.PutSourceSecretAsync(LabSecrets.Backup, lab.Databases.Replica, password ?? lab.Databases.Replica.Reader.Password, cancel);
}
