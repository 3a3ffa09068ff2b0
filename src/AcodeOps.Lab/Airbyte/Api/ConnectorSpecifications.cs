using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The two connectors that the stand-in has, and the part of their specifications that it enforces.</summary>
internal static class ConnectorSpecifications
{
    public static Guid MySqlSource { get; } = Guid.Parse("435bb9a5-7887-4809-aa58-28c27df0d7ad");

    public static Guid S3Destination { get; } = Guid.Parse("4816b78f-1489-44c1-9060-4b19d5fa9362");

    public static ConnectorSpecification MySql { get; } = new(ActorKind.Source, MySqlSource, "MySQL", "mysql", "airbyte/source-mysql", "3.53.3", """
        {"type":"object","additionalProperties":true,"required":["host","port","database","username","replication_method"],
         "properties":{
          "host":{"type":"string"},
          "port":{"type":"integer","minimum":0,"maximum":65536},
          "database":{"type":"string"},
          "username":{"type":"string"},
          "password":{"type":"string","airbyte_secret":true},
          "jdbc_url_params":{"type":"string"},
          "replication_method":{"type":"object","required":["method"],"properties":{"method":{"type":"string","enum":["STANDARD","CDC"]}}},
          "ssl_mode":{"type":"object","required":["mode"],"properties":{"mode":{"type":"string","enum":["preferred","required","verify_ca","verify_identity"]},
            "ca_certificate":{"type":"string","airbyte_secret":true},"client_certificate":{"type":"string","airbyte_secret":true},
            "client_key":{"type":"string","airbyte_secret":true},"client_key_password":{"type":"string","airbyte_secret":true}}},
          "tunnel_method":{"type":"object","required":["tunnel_method"],"properties":{"tunnel_method":{"type":"string","enum":["NO_TUNNEL","SSH_KEY_AUTH","SSH_PASSWORD_AUTH"]},
            "ssh_key":{"type":"string","airbyte_secret":true},"tunnel_user_password":{"type":"string","airbyte_secret":true}}},
          "checkpoint_target_interval_seconds":{"type":"integer"},
          "max_db_connections":{"type":"integer"},
          "check_privileges":{"type":"boolean"}}}
        """);

    public static ConnectorSpecification S3 { get; } = new(ActorKind.Destination, S3Destination, "S3", "s3", "airbyte/destination-s3", "1.9.8", """
        {"type":"object","additionalProperties":true,"required":["s3_bucket_name","s3_bucket_path","s3_bucket_region","format"],
         "properties":{
          "s3_bucket_name":{"type":"string"},
          "s3_bucket_path":{"type":"string"},
          "s3_bucket_region":{"type":"string"},
          "access_key_id":{"type":"string","airbyte_secret":true},
          "secret_access_key":{"type":"string","airbyte_secret":true},
          "role_arn":{"type":"string"},
          "s3_endpoint":{"type":"string"},
          "s3_path_format":{"type":"string"},
          "file_name_pattern":{"type":"string"},
          "format":{"type":"object","required":["format_type"],"properties":{"format_type":{"type":"string","enum":["CSV","JSONL","Avro","Parquet"]},
            "compression_codec":{"type":"string","enum":["UNCOMPRESSED","SNAPPY","GZIP","LZO","BROTLI","LZ4","ZSTD"]},
            "block_size_mb":{"type":"integer"},"max_padding_size_mb":{"type":"integer"},"page_size_kb":{"type":"integer"},
            "dictionary_page_size_kb":{"type":"integer"},"dictionary_encoding":{"type":"boolean"}}}}}
        """);

    public static IReadOnlyList<ConnectorSpecification> All { get; } = [MySql, S3];

    /// <summary>The connector of a definition id or, failing that, of <c>sourceType</c>/<c>destinationType</c>.</summary>
    /// <exception cref="ApiException">400: there is no such connector here.</exception>
    public static ConnectorSpecification Resolve(ActorKind kind, JsonObject body, JsonObject configuration)
    {
        string typeName = kind == ActorKind.Source ? "sourceType" : "destinationType";
        string? definition = body.OptionalText("definitionId") ?? configuration.OptionalText(typeName);
        return definition is null
            ? throw Problem.BadRequest($"One of configuration.{typeName} or definitionId must be provided.")
            : All.FirstOrDefault(c => c.Kind == kind && (c.DefinitionId.ToString() == definition || c.TypeName == definition))
                ?? throw Problem.ValueNotFound($"Could not find {kind.Wire()} definition: {definition}");
    }

    public static ConnectorSpecification Of(Actor actor) => All.First(c => c.DefinitionId == actor.DefinitionId);

    /// <summary>The specification as parsed JSON, a copy each time.</summary>
    public static JsonObject Schema(this ConnectorSpecification connector) => JsonNode.Parse(connector.SchemaText)!.AsObject();
}
