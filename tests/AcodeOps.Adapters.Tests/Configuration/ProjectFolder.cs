using System.Text;
using AcodeOps.Adapters.Files;
using AcodeOps.Adapters.Tests.Files;
using AcodeOps.Configuration;

namespace AcodeOps.Adapters.Tests.Configuration;

/// <summary>A configuration project on the disk, as octavia would have left it, and what becomes of it.</summary>
internal sealed class ProjectFolder : IDisposable
{
    public const string Source = "sources/source_mysql_acode/configuration.yaml";
    public const string Replica = "sources/source_mysql_acode_backup/configuration.yaml";
    public const string Destination = "destinations/destination_s3_acode/configuration.yaml";
    public const string ActiveRoute = "connections/connection_mysql_s3_acode/configuration.yaml";
    public const string Standby = "connections/connection_mysql_s3_acode_backup_mysql/configuration.yaml";

    private const string Routes = """
        environments:
          staging:
            sources:
              primary: { host: db.example.com, database: acode, credential: env:ACODE_PASS }
              backup: { host: replica.example.com, database: acode_replica, credential: env:ACODE_PASS }
            storages:
              primary: { bucket: lake, prefix: bronze/ }
            tables:
              - { name: sales }
            airbyte: { url: http://airbyte-server:8001, workspace: 66666666-7777-4888-9999-000000000000 }
            routes:
              - { source: primary, storage: primary, connection: connection_mysql_s3_acode }
              - { source: backup, storage: primary, connection: connection_mysql_s3_acode_backup_mysql }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("acode-project-").FullName;
    private readonly Dictionary<string, string> _texts;

    public ProjectFolder()
    {
        _texts = new Dictionary<string, string>
        {
            [Source] = SourceText("source_mysql_acode", "db.example.com", "acode"),
            [Replica] = SourceText("source_mysql_acode_backup", "replica.example.com", "acode_replica"),
            [Destination] = DestinationText,
            [ActiveRoute] = ConnectionText("connection_mysql_s3_acode", "source_mysql_acode", "active"),
            [Standby] = ConnectionText("connection_mysql_s3_acode_backup_mysql", "source_mysql_acode_backup", "inactive"),
        };
        foreach ((string path, string text) in _texts)
        {
            Write(path, text);
        }
    }

    public Dictionary<string, string> Variables { get; } = new() { ["ACODE_PASS"] = "a password that nobody may see" };

    public string? Overlay { get; set; }

    public string Text(string path) => _texts[path];

    /// <summary>The file with one piece of it replaced; fails when the piece is not there.</summary>
    public void Replace(string path, string piece, string replacement)
    {
        Assert.Contains(piece, _texts[path], StringComparison.Ordinal);
        Write(path, _texts[path] = _texts[path].Replace(piece, replacement, StringComparison.Ordinal));
    }

    public void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Half a surrogate pair, which damage may leave, becomes a replacement character.
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text));
    }

    public ConfigurationProject Check() => CheckAsync(airbyte: null).GetAwaiter().GetResult();

    public async Task<ConfigurationProject> CheckAsync(IAirbyteServer? airbyte)
    {
        AcodeEnvironment environment = YamlText.Judge(Routes).Choose("staging") with { Configuration = new ConfigurationDefinition(_folder, Overlay) };
        return await new ConfigurationChecker(new ProjectFiles(), Variables.GetValueOrDefault).CheckAsync(environment, folder: null, airbyte, TestContext.Current.CancellationToken);
    }

    /// <summary>The findings in short: <c>Rule@sources/x/configuration.yaml:3:5</c>.</summary>
    public string[] Findings(FindingSeverity least = FindingSeverity.Warning) =>
    [
        .. Check().Findings.Where(finding => finding.Severity >= least)
            .Select(finding => $"{finding.Rule}@{Path.GetRelativePath(_folder, finding.File!).Replace('\\', '/')}:{finding.Line}:{finding.Column}"),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string SourceText(string name, string host, string database) => $$"""
        resource_name: {{name}}
        definition_type: source
        definition_id: 435bb9a5-7887-4809-aa58-28c27df0d7ad
        definition_image: airbyte/source-mysql
        definition_version: 3.53.3
        configuration:
          host: {{host}}
          port: 3306
          database: {{database}}
          username: userfarmarcasac02
          password: ${ACODE_PASS}
          jdbc_url_params: connectTimeout=120000&zeroDateTimeBehavior=CONVERT_TO_NULL
          ssl_mode: {mode: required}
          replication_method: {method: STANDARD}
        """;

    private const string DestinationText = """
        resource_name: destination_s3_acode
        definition_type: destination
        definition_id: 4816b78f-1489-44c1-9060-4b19d5fa9362
        definition_image: airbyte/destination-s3
        definition_version: 1.9.8
        configuration:
          s3_bucket_name: lake
          s3_bucket_path: bronze
          s3_bucket_region: us-east-2
          s3_path_format: "${STREAM_NAME}/cog_dt_ingestion=${YEAR}-${MONTH}-${DAY}/file_${STREAM_NAME}_${EPOCH}_"
          access_key_id: secretsmanager:acode/s3
          secret_access_key: secretsmanager:acode/s3
          format: {format_type: Parquet, compression_codec: SNAPPY, block_size_mb: 256, page_size_kb: 1024}
        """;

    private static string ConnectionText(string name, string source, string status) => $$"""
        definition_type: connection
        resource_name: {{name}}
        source_configuration_path: sources/{{source}}/configuration.yaml
        destination_configuration_path: destinations/destination_s3_acode/configuration.yaml
        configuration:
          status: {{status}}
          skip_reset: false
          namespace_definition: source
          namespace_format: "${SOURCE_NAMESPACE}"
          prefix: ""
          schedule_type: cron
          schedule_data: {cron: {cron_time_zone: "UTC", cron_expression: "0 0 2 * * ?"} }
          sync_catalog:
            streams:
              - config: {alias_name: sales, selected: true, sync_mode: incremental, destination_sync_mode: append, cursor_field: [Data_Processamento], primary_key: [[idpk]]}
                stream: {name: sales, namespace: acode, json_schema: {}, supported_sync_modes: [full_refresh, incremental]}
              - config: {selected: true, sync_mode: full_refresh, destination_sync_mode: append}
                stream: {name: products, namespace: acode, json_schema: {}, supported_sync_modes: [full_refresh]}
        """;
}
