using System.Reflection;
using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Connectors;

/// <summary>The connectors whose specification comes with the product, for when no server can be asked: MySQL sources and S3 destinations.</summary>
internal static class ConnectorSpecifications
{
    /// <summary>The MySQL source.</summary>
    public static Guid MySqlSource { get; } = Guid.Parse("435bb9a5-7887-4809-aa58-28c27df0d7ad");

    /// <summary>The S3 destination.</summary>
    public static Guid S3Destination { get; } = Guid.Parse("4816b78f-1489-44c1-9060-4b19d5fa9362");

    private static readonly Lazy<Dictionary<Guid, ConnectorSpecification>> Shipped = new(() => new()
    {
        [MySqlSource] = Read("The MySQL source", "source-mysql.json"),
        [S3Destination] = Read("The S3 destination", "destination-s3.json"),
    });

    /// <summary>The specification of a connector; null where none comes with the product.</summary>
    public static ConnectorSpecification? Find(Guid? definitionId) => definitionId is { } id ? Shipped.Value.GetValueOrDefault(id) : null;

    /// <summary>The connector's image, as files name it; informational. Null where it is not known.</summary>
    public static string? ImageOf(Guid? definitionId) => definitionId == MySqlSource ? "airbyte/source-mysql" : definitionId == S3Destination ? "airbyte/destination-s3" : null;

    private static ConnectorSpecification Read(string name, string file)
    {
        Assembly assembly = typeof(ConnectorSpecifications).Assembly;
        using Stream content = assembly.GetManifestResourceStream($"AcodeOps.Configuration.Connectors.{file}") ?? throw new InvalidOperationException($"{file} is not in {assembly}.");
        return new ConnectorSpecification(name, JsonNode.Parse(content)!.AsObject());
    }
}
