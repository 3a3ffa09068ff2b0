using System.Text.Json.Nodes;
using AcodeOps.Configuration.Connectors;

namespace AcodeOps.Configuration.Rules;

/// <summary>What a rule may look at.</summary>
/// <param name="Project">The whole project.</param>
/// <param name="Resource">The resource that is judged.</param>
/// <param name="Environment">The environment that it is judged for.</param>
/// <param name="Specification">The connector's specification; null for a connection, and for a connector that is not known.</param>
internal sealed record RuleContext(ConfigurationProject Project, ConfiguredResource Resource, AcodeEnvironment Environment, ConnectorSpecification? Specification)
{
    /// <summary>The path of all settings in a file.</summary>
    public const string Settings = "configuration";

    /// <summary>True for a source that reads MySQL.</summary>
    public bool IsMySql => Resource.DefinitionId == ConnectorSpecifications.MySqlSource;

    /// <summary>True for a destination that writes S3.</summary>
    public bool IsS3 => Resource.DefinitionId == ConnectorSpecifications.S3Destination;

    /// <summary>True for a connection that is a route of the environment, by its name or by the id in its state file.</summary>
    public bool IsRoute(ConfiguredResource resource) => Environment.Routes.Any(route => IsOf(route, resource));

    /// <summary>True where a route means this connection.</summary>
    public static bool IsOf(RouteDefinition route, ConfiguredResource resource) => resource.Kind == ConfiguredKind.Connection && route.Means(resource.Name, resource.State?.ResourceId);

    /// <summary>A setting as text; null where it is not there, or is no text.</summary>
    public string? Text(params string[] path) => TextOf(Resource, path);

    /// <summary>A resource's setting as text; null where it is not there, or is no text.</summary>
    public static string? TextOf(ConfiguredResource? resource, params string[] path) =>
        path.Aggregate((JsonNode?)resource?.Settings, (node, key) => (node as JsonObject)?[key]) is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>The path of a setting in the file.</summary>
    public static string At(params string[] path) => string.Join('.', [Settings, .. path]);
}
