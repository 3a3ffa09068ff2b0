using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Servers.Services;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Lab;

/// <summary>
/// The environment file of a lab, <c>acode.yaml</c> in its folder, and the AWS credentials file that it points to. Three
/// environments: <c>lab</c>, whose routes match each other; <c>installed</c>, with the two routes as the installation has
/// them, differences included; <c>incremental</c>, with the pair that syncs by cursor.
/// </summary>
public static class LabEnvironmentFile
{
    public const string FileName = "acode.yaml";

    private const string InstalledBackupPrefix = "origin=backup/database=bronze_acode_backup/";

    /// <summary>The AWS credentials file, and the profile in it that the installation has.</summary>
    internal const string CredentialsFileName = "aws-credentials";

    internal const string Profile = "acode-lab";

    /// <summary>Writes both files.</summary>
    /// <returns>The path of the environment file.</returns>
    public static string Write(LabSite lab)
    {
        WriteCredentials(lab.Folder, lab.Installation.Key);
        string path = Path.Combine(lab.Folder, FileName);
        PrivateFile.Write(path, $"""
            # The environments of this lab. Connect-AcodeEnvironment {FileName} takes the default one.
            default: lab
            environments:
              lab:
                description: Rehearsal lab, every route matching the first
            {Common(lab, "origin=airbyte/database=bronze_acode/")}
                routes:
                  - {Route("primary", "primary", AirbyteProvisioning.PrimaryConnection)}
                  - {Route("backup", "primary", AirbyteProvisioning.BackupSourceConnection)}
                  - {Route("primary", "backup", AirbyteProvisioning.BackupStorageConnection)}
                  - {Route("backup", "backup", AirbyteProvisioning.BackupBothConnection)}
              installed:
                description: Rehearsal lab, the two routes as installed
            {Common(lab, InstalledBackupPrefix)}
                routes:
                  - {Route("primary", "primary", AirbyteProvisioning.PrimaryConnection)}
                  - {Route("backup", "backup", AirbyteProvisioning.BackupConnection)}
              incremental:
                description: Rehearsal lab, the pair that syncs by cursor
            {Common(lab, InstalledBackupPrefix)}
                routes:
                  - {Route("primary", "primary", AirbyteProvisioning.IncrementalConnection)}
                  - {Route("backup", "backup", AirbyteProvisioning.IncrementalBackupConnection)}

            """);
        return path;
    }

    /// <summary>Writes the AWS credentials file of an environment file in this folder.</summary>
    internal static void WriteCredentials(string folder, StorageKey key) => PrivateFile.Write(Path.Combine(folder, CredentialsFileName), $"""
        [{Profile}]
        aws_access_key_id = {key.AccessKey}
        aws_secret_access_key = {key.SecretKey}

        """);

    private static string Route(string source, string storage, string connection) =>
        $"{{ source: {source}, storage: {storage}, connection: {connection} }}";

    private static string Common(LabSite lab, string backupPrefix) => $$"""
            aws:
              region: {{StorageBuckets.Region}}
              credential: profile:{{Profile}}
              credentialsFile: {{CredentialsFileName}}
              endpoints:
                s3: {{lab.StorageEndpoint}}
                secretsManager: {{lab.Cloud.Endpoint}}
                sts: {{lab.Cloud.Endpoint}}
                iam: {{lab.Cloud.Endpoint}}
                kms: {{lab.Cloud.Endpoint}}
            sources:
              primary: { host: 127.0.0.1, port: {{lab.Databases.Primary.Port}}, credential: "secretsmanager:{{LabSecrets.Primary}}", partner: true }
              backup: { host: 127.0.0.1, port: {{lab.Databases.Replica.Port}}, credential: "secretsmanager:{{LabSecrets.Backup}}", administrator: "secretsmanager:{{LabSecrets.BackupAdministrator}}" }
            storages:
              primary: { bucket: {{StorageBuckets.Primary}}, prefix: origin=airbyte/database=bronze_acode/ }
              backup: { bucket: {{StorageBuckets.Backup}}, prefix: {{backupPrefix}} }
              emergency: { bucket: {{StorageBuckets.Emergency}}, prefix: acode/ }
              quarantine: { bucket: {{StorageBuckets.Quarantine}}, prefix: acode/ }
              audit: { bucket: {{StorageBuckets.Audit}} }
            tables:
              - { name: farmarcas_si_analitico_diario, eventDate: Data, processedAt: Data_Processamento, value: ACODE_Val_Total, pharmacy: CNPJ }
              - { name: farmarcas_si_analitico_diario_produtos }
              - { name: farmarcas_si_analitico_diario_complemento }
            airbyte: { url: {{lab.Airbyte.Endpoint}}, authentication: clientCredentials, credential: "secretsmanager:{{LabSecrets.Airbyte}}" }
            audit: { lock: governance, retentionDays: 1, legalBasis: rehearsal, spoolFolder: spool }
            failover: { leaseStorage: emergency, leaseSeconds: 20 }
            recovery: { probeSeconds: 0.5 }
            watch: { probeSeconds: 1, minutesBetweenSwitches: 0 }   # a rehearsal does not wait for the next one
            maintenance: { clear: [{ prefix: temp/, olderThanDays: 7 }] }
            metrics:
              tags: [team:data]
              sinks:
                agent: { kind: dogStatsD, port: {{lab.Coordinates.Services.Metrics}} }
                socket: { kind: dogStatsD, path: "{{ServicesProcess.MetricsSocket(lab.Folder)}}" }
                node: { kind: prometheus, path: acode.prom }
            datadog: { url: {{lab.Coordinates.DatadogEndpoint}}, apiKey: "secretsmanager:{{LabSecrets.DatadogApi}}", applicationKey: "secretsmanager:{{LabSecrets.DatadogApplication}}", notify: ["@pagerduty-acode"] }
            notifications:
              tickets: { kind: webhook, credential: "secretsmanager:{{LabSecrets.Webhook}}", minSeverity: information }
              team: { kind: slack, credential: "secretsmanager:{{LabSecrets.Slack}}" }
              oncall: { kind: pagerDuty, url: {{lab.Coordinates.WebhookEndpoint}}/pagerduty/v2/enqueue, credential: "secretsmanager:{{LabSecrets.PagerDuty}}", minSeverity: error }
        """;
}
