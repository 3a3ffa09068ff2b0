using AcodeOps.Adapters.Airbyte;
using AcodeOps.Adapters.Tests.Airbyte;
using static AcodeOps.Adapters.Tests.Configuration.ProjectFolder;

namespace AcodeOps.Adapters.Tests.Configuration;

/// <summary>Projects on the disk: what is read, and what is told of what is wrong, each at its place.</summary>
public sealed class ConfigurationProjectTests : IDisposable
{
    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_good_project_is_read_whole_in_the_order_of_making()
    {
        _project.Write("sources/source_mysql_acode/state_66666666-7777-4888-9999-000000000000.yaml", """
            configuration_hash: 3f1c
            configuration_path: sources/source_mysql_acode/configuration.yaml
            generation_timestamp: 1690000000
            resource_id: 11111111-2222-4333-8444-555555555555
            workspace_id: 66666666-7777-4888-9999-000000000000
            """);
        _project.Write("sources/source_mysql_acode/state_00000000-7777-4888-9999-000000000000.yaml", """
            configuration_hash: 3f1d
            resource_id: 11111111-2222-4333-8444-000000000000
            workspace_id: 00000000-7777-4888-9999-000000000000
            """);

        ConfigurationProject project = _project.Check();

        Assert.Empty(project.Findings);
        Assert.True(project.IsValid);
        Assert.Equal([Source, Replica, Destination, ActiveRoute, Standby], project.Resources.Select(resource => resource.Path));
        Assert.Equal((Source, Destination), (project.Find(ActiveRoute)!.SourcePath, project.Find(ActiveRoute)!.DestinationPath));
        ResourceState state = Assert.IsType<ResourceState>(project.Find(Source)!.State);
        Assert.Equal((Guid.Parse("11111111-2222-4333-8444-555555555555"), "3f1c", 1690000000L), (state.ResourceId, state.ConfigurationHash, state.GeneratedAt!.Value.ToUnixTimeSeconds()));
        Assert.Null(project.Find(Replica)!.State);
    }

    [Theory]
    // YAML and shape.
    [InlineData(Source, "configuration:\n", "configuration: {\n", "ConfigurationFileInvalid:8:7")]
    [InlineData(Source, "  port: 3306", "\tport: 3306", "ConfigurationFileInvalid:8:1")]
    [InlineData(Source, "resource_name: source_mysql_acode\n", "", "MissingKey:1:1")]
    [InlineData(Source, "definition_type: source", "definition_type: destination", "WrongKind:2:18")]
    [InlineData(Source, "definition_image", "definition_imgae", "UnknownKey:4:1")]
    [InlineData(Source, "435bb9a5-7887-4809-aa58-28c27df0d7ad", "mysql", "InvalidValue:3:16,SpecificationUnknown:3:16")]
    // Variables and secrets.
    [InlineData(Source, "${ACODE_PASS}", "${ACODE_PAS}", "UndefinedVariable:11:13")]
    [InlineData(Source, "${ACODE_PASS}", "hunter2", "LiteralSecret:11:13")]
    [InlineData(Source, "${ACODE_PASS}", "\"**********\"", "SecretMasked:11:13")]
    [InlineData(Destination, "access_key_id: secretsmanager:acode/s3", "access_key_id: AKIAIOSFODNN7EXAMPLE", "LiteralSecret:11:18")]
    [InlineData(Source, "connectTimeout=120000", "connectTimeout=120000&password=hunter2", "LiteralSecret:12:20")]
    // The connectors' settings.
    [InlineData(Source, "port: 3306", "port: ${ACODE_PASS}", "WrongType:8:9")]
    [InlineData(Source, "  port: 3306\n", "", "MissingKey:7:3")]
    [InlineData(Source, "port: 3306", "port: 70000", "InvalidValue:8:9")]
    [InlineData(Source, "{mode: required}", "{mode: requird}", "InvalidValue:13:20")]
    [InlineData(Source, "{mode: required}", "{mode: verify_ca}", "MissingKey:13:13")]
    [InlineData(Source, "{mode: required}", "{mode: preferred}", "TlsNotRequired:13:20")]
    [InlineData(Destination, "block_size_mb: 256", "block_size: 268435456", "UnknownKey:13:73")]
    [InlineData(Destination, "SNAPPY", "snappy", "InvalidValue:13:53")]
    [InlineData(Destination, "compression_codec: SNAPPY", "compression_codec: LZO", "CodecUnusual:13:53")]
    [InlineData(Destination, "cog_dt_ingestion=${YEAR}-${MONTH}-${DAY}/", "", "PartitionMissing:10:19")]
    [InlineData(Source, "connectTimeout=120000", "autoReconnect=true", "JdbcParameterDoubtful:12:20")]
    [InlineData(Source, "CONVERT_TO_NULL", "convertToNull", "JdbcParameterDoubtful:12:20")]
    [InlineData(Source, "jdbc_url_params: connectTimeout=120000&", "jdbc_url_params: |\n    connectTimeout=120000&\n    ", "JdbcParametersBroken:12:20")]
    // Connections.
    [InlineData(ActiveRoute, "sources/source_mysql_acode/configuration.yaml", "sources/source_mysql_acod/configuration.yaml", "ReferenceMissing:3:28")]
    [InlineData(ActiveRoute, "status: active", "status: deprecated", "InvalidValue:6:11")]
    [InlineData(ActiveRoute, "schedule_type: cron", "schedule_type: basic", "ScheduleNotWritable:11:18")]
    [InlineData(ActiveRoute, "0 0 2 * * ?", "0 2 * * *", "CronInvalid:12:66")]
    [InlineData(ActiveRoute, "cron_time_zone: \"UTC\"", "cron_time_zone: \"America/Sao_Paulo\"", "ScheduleNotWritable:12:42")]
    [InlineData(ActiveRoute, "cursor_field: [Data_Processamento], ", "", "CursorMissing:15:17")]
    [InlineData(ActiveRoute, "name: products", "name: sales", "DuplicateStream:17:9")]
    [InlineData(ActiveRoute, "  skip_reset: false", "  geography: eu\n  skip_reset: false", "DeadKey:7:3")]
    [InlineData(Standby, "status: inactive", "status: active", "SecondActiveRoute:6:11")]
    [InlineData(Standby, "resource_name: connection_mysql_s3_acode_backup_mysql", "resource_name: connection_mysql_s3_acode", "DuplicateName:2:16")]
    [InlineData(Standby, "prefix: \"\"", "prefix: backup_", "PrefixDiffers:10:11")]
    [InlineData(Standby, "name: products", "name: produtos", "StreamMissing:15:7")]
    public void What_is_wrong_is_told_where_it_stands(string path, string piece, string replacement, string expected)
    {
        _project.Replace(path, piece, replacement);

        string[] found = [.. _project.Findings().Where(finding => finding.Contains(path, StringComparison.Ordinal))];

        Assert.Equal(expected.Split(',').Order(), found.Select(finding => finding.Replace($"@{path}", "", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void A_path_that_holds_the_namespace_tells_standbys_of_another_database_apart()
    {
        _project.Replace(Destination, "${STREAM_NAME}/cog", "${NAMESPACE}/${STREAM_NAME}/cog");

        Assert.Equal([$"NamespaceDiffers@{Standby}:8:25"], _project.Findings());
    }

    [Fact]
    public void An_overlay_is_laid_over_key_by_key_and_blamed_for_its_own_faults()
    {
        _project.Overlay = "production";
        _project.Write($"overlays/production/{Source}", """
            configuration:
              host: db-hsp-farmarcas.acode.com.br
              port: "3306"
              ssl_mode:
                mode: verify_ca
                ca_certificate: ${CA}
            """);
        _project.Variables["CA"] = "-----BEGIN CERTIFICATE-----";

        Assert.Equal([$"WrongType@overlays/production/{Source}:3:9"], _project.Findings());

        // What the overlay hides is in the file all the same.
        _project.Replace(Source, "${ACODE_PASS}", "hunter2");
        _project.Write($"overlays/production/{Source}", "configuration:\n  password: hunter3\n");
        Assert.Equal([$"LiteralSecret@overlays/production/{Source}:2:13", $"LiteralSecret@{Source}:11:13"], _project.Findings());
        _project.Overlay = "staging";
        Assert.Equal("ConfigurationFolderNotFound", Assert.Throws<AcodeException>(_project.Check).Id);
    }

    [Fact]
    public async Task The_servers_own_version_of_a_connector_judges_where_it_can_be_asked()
    {
        const string Newer = """{"type":"object","required":["novelty"],"properties":{"novelty":{"type":"string"},"password":{"type":"string","airbyte_secret":true} } }""";
        using RawServer server = new(request => request.Line.Contains("/workspaces", StringComparison.Ordinal)
            ? RawServer.Http(200, """{"data":[{"workspaceId":"66666666-7777-4888-9999-000000000000"}]}""")
            : request.Line.Contains("/source_", StringComparison.Ordinal) ? RawServer.Http(200, $$"""{"connectionSpecification":{{Newer}}}""")
            : RawServer.Http(404, """{"message":"Could not find configuration."}"""));

        ConfigurationProject project = await _project.CheckAsync(Open(server));

        Assert.Equal(2, project.Findings.Count(finding => finding.Rule == "MissingKey" && finding.Message.Contains("novelty", StringComparison.Ordinal)));
        Assert.Contains(project.Findings, finding => finding is { Rule: "UnknownKey", Target: "configuration.host" });
        Assert.DoesNotContain(project.Findings, finding => finding.File?.Contains("destinations", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData(503, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(403, "{}")]
    public async Task A_server_that_cannot_be_asked_is_told_of_and_does_without(int status, string body)
    {
        using RawServer server = new(_ => RawServer.Http(status, body));

        Finding finding = Assert.Single((await _project.CheckAsync(Open(server))).Findings);

        Assert.Equal(("SpecificationNotAsked", FindingSeverity.Information), (finding.Rule, finding.Severity));
    }

    private static AirbyteServer Open(RawServer server) => new(new AirbyteDefinition { Url = server.Url }, new HeldCredential(), TimeProvider.System);

    [Fact]
    public void No_secret_is_repeated_by_a_finding()
    {
        foreach (string piece in (string[])["3306", "required", "STANDARD", "userfarmarcasac02", "source_mysql_acode\n", "435bb9a5-7887-4809-aa58-28c27df0d7ad", "connectTimeout=120000"])
        {
            using ProjectFolder project = new();
            project.Replace(Source, piece, "${ACODE_PASS}" + (piece.EndsWith('\n') ? "\n" : ""));

            Assert.All(project.Check().Findings, finding => Assert.DoesNotContain("nobody may see", System.Text.Json.JsonSerializer.Serialize(finding), StringComparison.Ordinal));
        }

        _project.Replace(Source, "${ACODE_PASS}", "hunter2");
        Assert.All(_project.Check().Findings, finding => Assert.DoesNotContain("hunter2", System.Text.Json.JsonSerializer.Serialize(finding), StringComparison.Ordinal));
    }
}
