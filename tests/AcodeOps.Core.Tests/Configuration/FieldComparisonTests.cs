using System.Text.Json.Nodes;
using AcodeOps.Configuration;
using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Comparing;

namespace AcodeOps.Core.Tests.Configuration;

/// <summary>Files, Airbyte and what was applied last, three ways: who has changed what, and what is no difference at all.</summary>
public sealed class FieldComparisonTests
{
    private static readonly Guid Id = Guid.NewGuid();

    [Theory]
    // files now, Airbyte now, files then, Airbyte then: null where nothing was applied
    [InlineData("a", "a", "a", "a", null)]
    [InlineData("b", "a", "a", "a", ChangeOrigin.Change)]
    [InlineData("a", "b", "a", "a", ChangeOrigin.Drift)]
    [InlineData("b", "c", "a", "a", ChangeOrigin.Conflict)]
    [InlineData("b", "b", "a", "a", null)] // both sides came to the same
    [InlineData("a", "A", "a", "A", null)] // the server writes it in its own way
    [InlineData("a", "B", "a", "A", ChangeOrigin.Drift)]
    [InlineData("b", "A", "a", "A", ChangeOrigin.Change)]
    [InlineData("a", "b", null, null, ChangeOrigin.Unknown)]
    [InlineData("a", "a", null, null, null)]
    [InlineData(null, "a", "a", "a", ChangeOrigin.Change)]
    [InlineData("a", null, "a", "a", ChangeOrigin.Drift)]
    [InlineData("", null, null, null, null)]
    public void Who_has_changed_a_field(string? files, string? live, string? filesThen, string? liveThen, ChangeOrigin? origin)
    {
        AppliedResource? applied = filesThen is null ? null : new AppliedResource { Kind = ConfiguredKind.Source, Path = "p", Id = Id, Name = "n", Desired = Host(filesThen), LiveName = "n", Live = Host(liveThen) };
        FieldDifference? found = Compare(Host(files), Host(live), applied).SingleOrDefault();
        Assert.Equal(origin, found?.Origin);
        Assert.True(found is null || (found.Field, found.Wanted, found.Live) == ("host", files is "" ? null : files, live));

        static JsonObject Host(string? value) => new() { ["host"] = value };
    }

    [Theory]
    [InlineData("{\"port\":3306}", "{\"port\":3306.0}")]
    [InlineData("{\"a\":{}}", "{}")]
    [InlineData("{\"a\":[]}", "{}")]
    [InlineData("{\"sourceType\":\"mysql\",\"a\":1}", "{\"a\":1}")]
    [InlineData("{\"ssl_mode\":{\"mode\":\"required\",\"key\":null}}", "{\"ssl_mode\":{\"mode\":\"required\"}}")]
    [InlineData("{\"interval\":300}", "{}")] // the connector's default
    [InlineData("{}", "{\"interval\":300}")]
    public void Ways_of_writing_are_no_difference(string files, string live) =>
        Assert.Empty(Compare(JsonNode.Parse(files)!.AsObject(), JsonNode.Parse(live)!.AsObject(), null, new() { ["interval"] = 300 }));

    [Theory]
    [InlineData("{\"interval\":301}", "{}", "interval")]
    [InlineData("{\"a\":\"1\"}", "{\"a\":1}", "a")]
    [InlineData("{\"a\":true}", "{\"a\":\"true\"}", "a")]
    [InlineData("{\"f\":{\"t\":\"Parquet\"}}", "{\"f\":{\"t\":\"Parquet\",\"compression\":{\"c\":\"GZIP\"}}}", "f.compression.c")]
    public void And_these_are(string files, string live, string field) =>
        Assert.Equal(field, Assert.Single(Compare(JsonNode.Parse(files)!.AsObject(), JsonNode.Parse(live)!.AsObject(), null, new() { ["interval"] = 300 })).Field);

    [Theory]
    // fingerprint now, then; Airbyte's version now, then; the key is the same
    [InlineData("f1", "f1", "v1", "v1", true, null)]
    [InlineData("f2", "f1", "v1", "v1", true, ChangeOrigin.Change)]
    [InlineData("f1", "f1", "v2", "v1", true, ChangeOrigin.Drift)]
    [InlineData("f2", "f1", "v2", "v1", true, ChangeOrigin.Conflict)]
    [InlineData("f1", "f1", null, "v1", true, null)] // the server was not asked, or does not tell
    [InlineData(null, "f1", "v1", "v1", true, ChangeOrigin.Unknown)] // the secret cannot be read here
    [InlineData("f1", null, "v1", "v1", true, ChangeOrigin.Unknown)]
    [InlineData("f2", "f1", "v1", "v1", false, ChangeOrigin.Unknown)] // Airbyte's own credential was changed since
    public void Secrets_are_told_apart_without_being_known(string? now, string? then, string? versionNow, string? versionThen, bool canTell, ChangeOrigin? origin)
    {
        AppliedResource applied = new()
        {
            Kind = ConfiguredKind.Source,
            Path = "p",
            Id = Id,
            Name = "n",
            Desired = Password("secretsmanager:a"),
            LiveName = "n",
            Live = Password(Version(versionThen)),
            Fingerprints = Prints(then),
        };
        DesiredResource desired = Desired(Password("secretsmanager:b")) with { SecretPaths = ["password"], Fingerprints = Prints(now) };
        FieldDifference? found = new FieldComparison(new ResourcePair(desired, Live(Password(Version(versionNow))), applied), new Dictionary<string, JsonNode>(), canTell).Differences().SingleOrDefault();
        Assert.Equal(origin, found?.Origin);
        Assert.True(found is null || (found.IsSecret && found is { Wanted: "(secret)", Live: "(secret)", Applied: null }));

        static JsonObject Password(string value) => new() { ["password"] = value };
        static string Version(string? version) => version is null ? AirbyteResource.Mask : AirbyteResource.Coordinate + version;
        static Dictionary<string, string> Prints(string? print) => print is null ? [] : new() { ["password"] = print };
    }

    [Fact]
    public void Connections_are_read_through_the_servers_habits()
    {
        JsonObject files = Connection("0 0 2 * * ?", """{"name":"orders","syncMode":"incremental_append","cursorField":["at"],"primaryKey":[]}""", "custom_format", "x");
        JsonObject live = Connection("0 0 2 * * ? UTC", """{"name":"orders","namespace":"shop","syncMode":"incremental_append","cursorField":["at"],"primaryKey":[["id"]],"selectedFields":[],"mappers":[]}""", "custom_format", "x");
        Assert.Empty(CompareConnections(files, live));

        // A format that nobody asks for, columns in another order.
        files = Connection(null, """{"name":"orders","namespace":"shop","syncMode":"full_refresh_append","selectedFields":[{"fieldPath":["b"]},{"fieldPath":["a"]}]}""", "source", null);
        live = Connection(null, """{"name":"orders","namespace":"shop","syncMode":"full_refresh_append","cursorField":["at"],"selectedFields":[{"fieldPath":["a"]},{"fieldPath":["b"]}]}""", "source", "left over");
        Assert.Empty(CompareConnections(files, live));

        live = Connection("0 0 3 * * ? UTC", """{"name":"other","namespace":"shop","syncMode":"full_refresh_append"}""", "source", null);
        Assert.Equal(
            ["schedule.cronExpression", "schedule.scheduleType", "streams[shop.orders]", "streams[shop.other]"],
            CompareConnections(files, live).Select(difference => difference.Field).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<FieldDifference> CompareConnections(JsonObject files, JsonObject live) => new FieldComparison(
        new ResourcePair(Desired(files) with { Kind = ConfiguredKind.Connection }, Live(live) with { Kind = ConfiguredKind.Connection }, null), new Dictionary<string, JsonNode>(), canTellSecrets: true).Differences();

    private static JsonObject Connection(string? cron, string stream, string space, string? format)
    {
        JsonObject settings = new()
        {
            ["status"] = "active",
            ["schedule"] = cron is null ? new JsonObject { ["scheduleType"] = "manual" } : new JsonObject { ["scheduleType"] = "cron", ["cronExpression"] = cron },
            ["namespaceDefinition"] = space,
            ["prefix"] = "",
            ["configurations"] = new JsonObject { ["streams"] = new JsonArray(JsonNode.Parse(stream)) },
        };
        if (format is not null)
        {
            settings["namespaceFormat"] = format;
        }

        return settings;
    }

    private static IEnumerable<FieldDifference> Compare(JsonObject files, JsonObject live, AppliedResource? applied, Dictionary<string, JsonNode>? defaults = null) =>
        new FieldComparison(new ResourcePair(Desired(files), Live(live), applied), defaults ?? [], canTellSecrets: true).Differences();

    private static DesiredResource Desired(JsonObject settings) => new() { Kind = ConfiguredKind.Source, Path = "p", Name = "n", Settings = settings };

    private static AirbyteResource Live(JsonObject settings) => new() { Kind = ConfiguredKind.Source, Id = Id, Name = "n", Settings = settings };
}
