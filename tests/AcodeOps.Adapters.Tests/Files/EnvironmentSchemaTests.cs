using System.Globalization;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Files;
using AcodeOps.Documents;
using AcodeOps.Environments;
using NJsonSchema;
using NJsonSchema.Validation;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>The schema for editors says what the reader says.</summary>
public sealed class EnvironmentSchemaTests
{
    private const string Stranger = "zzz";

    private static readonly JsonObject Root = JsonNode.Parse(File.ReadAllText(EnvironmentTemplateText.SchemaFile))!.AsObject();

    [Fact]
    public void The_reader_and_the_schema_know_the_same_keys()
    {
        Dictionary<string, string[]> inSchema = [];
        DocumentNode document = Sample(Root, "", inSchema);

        Dictionary<string, string[]> inReader = EnvironmentFileReader.Judge(document, "x").Findings
            .Where(f => f.Rule == "UnknownKey" && f.Current == Stranger)
            .ToDictionary(f => f.Target, f => Sorted(f.Evidence!["Known here: ".Length..^1].Split(", ")));

        Assert.True(inSchema.Count > 15, "the schema has lost its sections");
        Assert.Equal(inSchema.Keys.Order(StringComparer.Ordinal), inReader.Keys.Order(StringComparer.Ordinal));
        Assert.All(inSchema, section => Assert.Equal(section.Value, inReader[section.Key]));
    }

    [Fact]
    public async Task The_template_and_the_smallest_file_fit_the_schema()
    {
        foreach (string yaml in new[] { EnvironmentTemplateText.Template, YamlText.Smallest })
        {
            Assert.Empty(await ValidateAsync(yaml));
        }
    }

    [Theory]
    [InlineData("database: acode", "databse: acode")]
    [InlineData("host: db.example.com", "port: 70000")]
    [InlineData("host: db.example.com", "port: '3306'")]
    [InlineData("host: db.example.com", "tls: sometimes")]
    [InlineData("credential: env:ACODE_PASS", "credential: literal")]
    [InlineData("credential: env:ACODE_PASS", "user: me")]
    [InlineData("credential: env:ACODE_PASS", "credential: profile:me")]
    [InlineData("prefix: bronze/", "prefix: /bronze")]
    [InlineData("storage: primary", "storage: audit")]
    [InlineData("http://airbyte-server:8001", "ftp://airbyte-server")]
    [InlineData("    airbyte:", "    lake: { engine: athena, database: acode, output: s3://answers/x }\n    airbyte:")]
    [InlineData("environments:", "defualt: x\nenvironments:")]
    public async Task What_the_reader_refuses_the_schema_refuses(string piece, string replacement)
    {
        string yaml = YamlText.With(piece, replacement);
        Assert.NotEmpty(YamlText.Errors(yaml));
        Assert.NotEmpty(await ValidateAsync(yaml));
    }

    [Theory]
    [InlineData("{ engine: trino, database: acode }", "environments.production.lake.url")]
    [InlineData("{ engine: trino, url: https://trino.example.com }", "environments.production.lake.database")]
    [InlineData("{ engine: athena }", "environments.production.lake.database")]
    public void An_engine_for_the_lake_needs_its_place(string lake, string missing)
    {
        Finding finding = Assert.Single(YamlText.Errors(YamlText.With("    airbyte:", $"    lake: {lake}\n    airbyte:")));
        Assert.Equal(("MissingKey", missing), (finding.Rule, finding.Target));
    }

    private static async Task<ICollection<ValidationError>> ValidateAsync(string yaml)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(Root.ToJsonString(), TestContext.Current.CancellationToken);
        return schema.Validate(ToJson(YamlDocumentReader.Parse("x", yaml, YamlKind.Environment))!.ToJsonString());
    }

    /// <summary>A document with every section that the schema has, and a stranger in each; notes the keys of each section.</summary>
    private static DocumentNode Sample(JsonObject schema, string path, Dictionary<string, string[]> keys)
    {
        schema = Resolve(schema);
        if (schema["items"] is JsonObject items)
        {
            return new SequenceNode([Sample(items, $"{path}[0]", keys)], 1, 1);
        }

        if (schema["additionalProperties"] is JsonObject named)
        {
            return new MappingNode([(Key("some"), Sample(named, $"{path}.some", keys))], 1, 1);
        }

        if (schema["properties"] is not JsonObject properties)
        {
            return Key("x");
        }

        keys.Add(Join(path, Stranger), Sorted(properties.Select(p => p.Key)));
        return new MappingNode(
            [.. properties.Select(p => (Key(p.Key), Sample(p.Value!.AsObject(), Join(path, p.Key), keys))), (Key(Stranger), Key("x"))], 1, 1);
    }

    private static JsonObject Resolve(JsonObject schema) => schema["$ref"] is { } reference
        ? Root["definitions"]![reference.GetValue<string>()["#/definitions/".Length..]]!.AsObject()
        : schema["allOf"] is JsonArray parts ? Resolve(parts[0]!.AsObject()) : schema;

    private static JsonNode? ToJson(DocumentNode node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Value, ToJson(e.Value)))),
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(ToJson)]),
        ScalarNode { IsPlain: true } plain when double.TryParse(plain.Value, CultureInfo.InvariantCulture, out double number) => JsonValue.Create(number),
        ScalarNode { IsPlain: true, Value: "true" or "false" } plain => JsonValue.Create(plain.Value == "true"),
        ScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string[] Sorted(IEnumerable<string> keys) => [.. keys.Order(StringComparer.Ordinal)];

    private static ScalarNode Key(string text) => new(text, true, 1, 1);
}
