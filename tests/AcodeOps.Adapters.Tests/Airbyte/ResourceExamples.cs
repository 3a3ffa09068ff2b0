using System.Text.Json.Nodes;
using AcodeOps.Configuration;
using AcodeOps.Lab.Airbyte.Api;

namespace AcodeOps.Adapters.Tests.Airbyte;

/// <summary>Sources and destinations to be made.</summary>
internal static class ResourceExamples
{
    public static AirbyteResource Source(string name, string? password)
    {
        JsonObject settings = new()
        {
            ["host"] = "db1.example.internal",
            ["port"] = 3306,
            ["database"] = "shop",
            ["username"] = "airbyte",
            ["replication_method"] = new JsonObject { ["method"] = "STANDARD" },
        };
        if (password is not null)
        {
            settings["password"] = password;
        }

        return new() { Kind = ConfiguredKind.Source, Id = Guid.Empty, Name = name, DefinitionId = ConnectorSpecifications.MySqlSource, Settings = settings };
    }

    public static AirbyteResource Lake(string name, string secret, JsonObject format) => new()
    {
        Kind = ConfiguredKind.Destination,
        Id = Guid.Empty,
        Name = name,
        DefinitionId = ConnectorSpecifications.S3Destination,
        Settings = new()
        {
            ["s3_bucket_name"] = "lake",
            ["s3_bucket_path"] = "shop",
            ["s3_bucket_region"] = "eu-central-1",
            ["access_key_id"] = "AKIDEXAMPLE",
            ["secret_access_key"] = secret,
            ["format"] = format.DeepClone(),
        },
    };

    /// <summary>The request that sets a schedule which the public API can only tell.</summary>
    public static JsonObject Every(Guid connection, int units, string unit) => new()
    {
        ["connectionId"] = connection,
        ["scheduleType"] = "basic",
        ["scheduleData"] = new JsonObject { ["basicSchedule"] = new JsonObject { ["timeUnit"] = unit, ["units"] = units } },
    };
}
