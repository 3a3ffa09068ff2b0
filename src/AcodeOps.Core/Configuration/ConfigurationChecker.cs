using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Configuration.Connectors;
using AcodeOps.Configuration.Reading;

namespace AcodeOps.Configuration;

/// <summary>Reads an environment's configuration of Airbyte and judges it.</summary>
/// <param name="files">The files.</param>
/// <param name="variable">A variable of the process; null when it is not set.</param>
public sealed class ConfigurationChecker(IProjectFiles files, Func<string, string?> variable)
{
    // Judging files must not wait long for a server that they can be judged without.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Reads and judges a project. Nothing is changed.</summary>
    /// <param name="environment">The environment that it is for.</param>
    /// <param name="folder">The project's folder; null for the one that the environment names.</param>
    /// <param name="airbyte">Is asked what its versions of the connectors take; null to judge by the rules that come with the product.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>ConfigurationNotDefined</c>: neither names one. <c>ConfigurationFolderNotFound</c>, <c>ConfigurationFolderUnreadable</c>.</exception>
    public async Task<ConfigurationProject> CheckAsync(AcodeEnvironment environment, string? folder, IAirbyteServer? airbyte, CancellationToken cancel)
    {
        ConfigurationDefinition definition = (environment.Configuration, folder) switch
        {
            ({ } known, { } given) => known with { Folder = given },
            (null, { } given) => new(given),
            ({ } known, null) => known,
            _ => throw NotDefined(environment),
        };
        ConfigurationProject project = new ProjectReader(files, variable).Read(definition, environment.Airbyte.Workspace);
        Dictionary<Guid, ConnectorSpecification> specifications = [];
        Finding? unasked = airbyte is null ? null : await AskAsync(airbyte, project, environment, specifications, cancel).ConfigureAwait(false);
        project = ConfigurationReview.Judge(project, environment, specifications);
        return unasked is null ? project : project with { Findings = [.. project.Findings, unasked] };
    }

    /// <summary>An environment does not say where its configuration is kept, and nobody else does.</summary>
    public static AcodeException NotDefined(AcodeEnvironment environment) =>
        new("ConfigurationNotDefined", FailureClass.InvalidInput, $"Environment '{environment.Name}' does not say where its configuration of Airbyte is kept.")
        {
            Advice = "Name the folder with -Path, or in the environment file: configuration: { folder: airbyte }.",
            Subject = environment,
        };

    private static async Task<Finding?> AskAsync(
        IAirbyteServer airbyte, ConfigurationProject project, AcodeEnvironment environment, Dictionary<Guid, ConnectorSpecification> specifications, CancellationToken cancel)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        string why;
        try
        {
            foreach ((ConfiguredKind kind, Guid id) in project.Resources.Where(resource => resource.DefinitionId is not null).Select(resource => (resource.Kind, resource.DefinitionId!.Value)).Distinct())
            {
                if (await airbyte.ReadSpecificationAsync(kind, id, limit.Token).ConfigureAwait(false) is { } schema && JsonNode.Parse(schema) is JsonObject known)
                {
                    specifications[id] = new ConnectorSpecification(ConnectorSpecifications.Find(id)?.Name ?? $"The {kind} connector", known);
                }
            }

            return null;
        }
        catch (AcodeException failure)
        {
            why = failure.Message;
        }
        catch (JsonException)
        {
            why = "It answers with something else.";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            why = $"It did not answer within {Patience.TotalSeconds:0} s.";
        }

        return new Finding
        {
            Rule = "SpecificationNotAsked",
            Severity = FindingSeverity.Information,
            Target = environment.Airbyte.ToString(),
            Message = $"Airbyte could not be asked what its versions of the connectors take: settings are judged by the rules that come with the module. {why}",
            Remedy = "Judge them once more where Airbyte can be reached; -Offline does not ask.",
        };
    }
}
