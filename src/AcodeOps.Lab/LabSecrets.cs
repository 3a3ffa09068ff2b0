namespace AcodeOps.Lab;

/// <summary>The names of the installation's secrets.</summary>
public static class LabSecrets
{
    public const string Primary = "acode/mysql/primary";

    public const string Backup = "acode/mysql/backup";

    public const string Airbyte = "acode/airbyte";

    public const string Storage = "acode/s3";
}
