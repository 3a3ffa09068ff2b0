namespace AcodeOps.Lab;

/// <summary>The names of the installation's secrets.</summary>
public static class LabSecrets
{
    public const string Primary = "acode/mysql/primary";

    public const string Backup = "acode/mysql/backup";

    /// <summary>Who may change accounts on the primary. No environment names it: the server is the partner's.</summary>
    public const string PrimaryAdministrator = "acode/mysql/primary-admin";

    /// <summary>Who may change accounts on the replica.</summary>
    public const string BackupAdministrator = "acode/mysql/backup-admin";

    public const string Airbyte = "acode/airbyte";

    public const string Storage = "acode/s3";

    /// <summary>The address of the Slack channel's webhook.</summary>
    public const string Slack = "acode/notify/slack";

    /// <summary>The address of the plain webhook.</summary>
    public const string Webhook = "acode/notify/webhook";

    /// <summary>PagerDuty's routing key.</summary>
    public const string PagerDuty = "acode/notify/pagerduty";

    /// <summary>The key of Datadog's API.</summary>
    public const string DatadogApi = "acode/datadog/api";

    /// <summary>The application key at Datadog.</summary>
    public const string DatadogApplication = "acode/datadog/application";
}
