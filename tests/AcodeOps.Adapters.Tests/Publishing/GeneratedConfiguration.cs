using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Adapters.Tests.Publishing;

/// <summary>Makes a configuration at Airbyte as nobody would think of it, from one seed: sources, destinations and connections with odd names and settings.</summary>
internal sealed class GeneratedConfiguration(PublishingSite site, int seed)
{
    // What names and texts may hold; each has broken somebody's YAML, shell or path.
    private static readonly string[] Pieces =
    [
        "lake", "Vendas", "ação", "café ☕", "名前", "${STREAM_NAME}", "$HOME", "a: b", "# c", " ", "\"q\"", "'s'", "\\", "/", "..", "{}", "[x]", "&a", "*b", "!t", "%", "@", "`", "|", ">", "-", "?", "~",
        "null", "true", "no", "1e3", "0x1F", "010", "2026-11-26", "12:30:45", "😀", "\u00a0", ",", ";", "=",
    ];

    private static readonly string[] Tables = [SalesTables.Daily, SalesTables.Products, SalesTables.Invoices];
    private readonly Random _random = new(seed);

    /// <summary>Makes it.</summary>
    public async Task MakeAsync()
    {
        List<Guid> sources = [], destinations = [];
        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            sources.Add(await site.MakeAsync("source", Text(), site.SourceSettings(Source())));
        }

        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            destinations.Add(await site.MakeAsync("destination", Text(), site.DestinationSettings(Destination())));
        }

        for (int i = _random.Next(0, 3); i > 0; i--)
        {
            await site.ConnectAsync(Text(), Of(sources), Of(destinations), Connection());
        }
    }

    /// <summary>Some text that is not empty.</summary>
    public string Text() => string.Concat(Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Of(Pieces))).Trim() is { Length: > 0 } text ? text : "x";

    private JsonObject Source()
    {
        JsonObject settings = [];
        Maybe(settings, "jdbc_url_params", () => $"zeroDateTimeBehavior=CONVERT_TO_NULL&connectTimeout={_random.Next(1, 100_000)}");
        Maybe(settings, "ssl_mode", () => new JsonObject { ["mode"] = "preferred" });
        Maybe(settings, "tunnel_method", () => new JsonObject { ["tunnel_method"] = "NO_TUNNEL" });
        Maybe(settings, "checkpoint_target_interval_seconds", () => Of([300, 301, 1]));
        Maybe(settings, "check_privileges", () => _random.Next(2) == 0);
        Maybe(settings, "max_db_connections", () => _random.Next(1, 100));
        Maybe(settings, "an_unknown_setting", () => Text());
        return settings;
    }

    private JsonObject Destination()
    {
        // The lab's Airbyte writes there to try it: a path that S3 can sign.
        JsonObject settings = new() { ["s3_bucket_path"] = $"{Of(["lake", "ação", "a=b/c", "${STREAM_NAME}", "2026-11-26", "010", "no"])}/{_random.Next(1000)}" };
        Maybe(settings, "s3_path_format", () => Of(["${NAMESPACE}/${STREAM_NAME}/${YEAR}_${MONTH}_${DAY}_${EPOCH}_", "${STREAM_NAME}/dt=${YEAR}-${MONTH}/"]));
        Maybe(settings, "file_name_pattern", () => "{date:yyyy_MM}_{part_number}{format_extension}");
        settings["format"] = _random.Next(3) switch
        {
            0 => With(
                new JsonObject { ["format_type"] = "Parquet" },
                ("compression_codec", () => Of(["SNAPPY", "GZIP", "UNCOMPRESSED", "ZSTD"])), ("block_size_mb", () => Of([128, 256])), ("page_size_kb", () => Of([1024, 512])),
                ("dictionary_encoding", () => _random.Next(2) == 0), ("max_padding_size_mb", () => Of([8, 9]))),
            1 => With(
                new JsonObject { ["format_type"] = "JSONL" },
                ("flattening", () => Of(["No flattening", "Root level flattening"])), ("compression", () => new JsonObject { ["compression_type"] = Of(["GZIP", "No Compression"]) })),
            _ => With(
                new JsonObject { ["format_type"] = "CSV", ["flattening"] = Of(["No flattening", "Root level flattening"]) },
                ("compression", () => new JsonObject { ["compression_type"] = Of(["GZIP", "No Compression"]) })),
        };
        return settings;
    }

    private JsonObject Connection()
    {
        JsonObject settings = new()
        {
            ["status"] = Of(["active", "inactive"]),
            ["configurations"] = new JsonObject { ["streams"] = new JsonArray([.. Tables.Where((_, i) => i == 0 || _random.Next(2) == 0).Select(Stream)]) },
        };
        Maybe(settings, "schedule", () => new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = string.Create(CultureInfo.InvariantCulture, $"0 {_random.Next(60)} {_random.Next(24)} * * ?") });
        Maybe(settings, "prefix", Text);
        Maybe(settings, "nonBreakingSchemaUpdatesBehavior", () => Of(["ignore", "disable_connection", "propagate_columns", "propagate_fully"]));
        settings["namespaceDefinition"] = Of(["source", "destination", "custom_format"]);
        if ((string?)settings["namespaceDefinition"] == "custom_format")
        {
            settings["namespaceFormat"] = Of(["${SOURCE_NAMESPACE}", "fixed", Text()]);
        }

        return settings;
    }

    private JsonNode Stream(string table)
    {
        string mode = table == SalesTables.Daily ? Of(["full_refresh_append", "incremental_append", "full_refresh_overwrite"]) : Of(["full_refresh_append", "full_refresh_overwrite"]);
        JsonObject stream = PublishingSite.Stream(table, mode, mode == "incremental_append" ? "Data_Processamento" : null);
        if (table == SalesTables.Daily && _random.Next(3) == 0)
        {
            stream["selectedFields"] = new JsonArray([.. Of<string[]>([["idpk"], ["Data_Processamento", "idpk"], ["idpk", "Data", "Data_Processamento"]]).Select(field => new JsonObject { ["fieldPath"] = new JsonArray(field) })]);
        }

        return stream;
    }

    private void Maybe(JsonObject settings, string key, Func<JsonNode> value)
    {
        if (_random.Next(2) == 0)
        {
            settings[key] = value();
        }
    }

    private void Maybe(JsonObject settings, string key, Func<string> value) => Maybe(settings, key, () => (JsonNode)value());

    private JsonObject With(JsonObject settings, params (string Key, Func<JsonNode> Value)[] more)
    {
        foreach ((string key, Func<JsonNode> value) in more)
        {
            Maybe(settings, key, value);
        }

        return settings;
    }

    private T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
