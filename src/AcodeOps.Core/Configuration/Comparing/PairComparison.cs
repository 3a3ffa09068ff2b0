using System.Text.Json.Nodes;
using AcodeOps.Configuration.Connectors;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Comparing;

/// <summary>Makes the changes of one resource out of its differences: what publishing does about each, and what follows.</summary>
/// <param name="environment">The environment: who switches its routes is asked.</param>
/// <param name="folder">The project's folder.</param>
/// <param name="pairs">All resources, to find the ends of connections.</param>
/// <param name="canTellSecrets">True when the fingerprints of then were made with today's key.</param>
internal sealed class PairComparison(AcodeEnvironment environment, string folder, IReadOnlyList<ResourcePair> pairs, bool canTellSecrets)
{
    /// <summary>The pair with its changes.</summary>
    public ResourcePair Compare(ResourcePair pair, bool prune) => pair with
    {
        Changes = (pair.Desired, pair.Live) switch
        {
            ({ } desired, null) => [Created(pair, desired)],
            ({ }, { }) => [.. Ends(pair), .. Fields(pair)],
            (null, { } live) when pair.Applied is not null => [Deleted(pair, live, prune)],
            _ => [Whole(pair, ConfigurationAction.Leave, ChangeOrigin.Unknown) with { Note = "No file describes it." }],
        },
    };

    private ConfigurationChange Created(ResourcePair pair, DesiredResource desired) => Whole(pair, ConfigurationAction.Create, pair.Applied is null ? ChangeOrigin.Change : ChangeOrigin.Drift) with
    {
        Note = pair.Applied is { } gone ? $"It was applied as {gone.Id}, and is gone at Airbyte."
            : desired.KnownId is { } known ? $"The state file knows it as {known}, and Airbyte has no such thing." : null,
    };

    private ConfigurationChange Deleted(ResourcePair pair, AirbyteResource live, bool prune)
    {
        bool stays = live.Kind == ConfiguredKind.Connection && IsRoute(live);
        return Whole(pair, prune && !stays ? ConfigurationAction.Delete : ConfigurationAction.Leave, ChangeOrigin.Change) with
        {
            ResetsState = live.Kind == ConfiguredKind.Connection,
            Note = stays ? "No file has it any more, and it is a route of this environment: it is not deleted before the route is taken out of the environment file."
                : prune ? "No file has it any more. Airbyte forgets how far its streams were read." : "No file has it any more; -Prune deletes it.",
        };
    }

    private IEnumerable<ConfigurationChange> Ends(ResourcePair pair)
    {
        if (pair.Kind != ConfiguredKind.Connection)
        {
            yield break;
        }

        foreach ((string field, string? path, Guid? id, string place) in ((string, string?, Guid?, string)[])
            [("source", pair.Desired!.SourcePath, pair.Live!.SourceId, "source_configuration_path"), ("destination", pair.Desired.DestinationPath, pair.Live.DestinationId, "destination_configuration_path")])
        {
            ResourcePair? wanted = pairs.FirstOrDefault(other => other.Desired?.Path == path);
            if (wanted?.Live?.Id != id)
            {
                yield return At(pair, place, Whole(pair, ConfigurationAction.Leave, ChangeOrigin.Unknown) with
                {
                    Field = field,
                    Desired = wanted?.Name ?? path,
                    Live = pairs.FirstOrDefault(other => other.Live?.Id == id)?.Live!.Name ?? $"{id}",
                    Note = $"Airbyte cannot give a connection another {field}: describe a new connection in a folder of its own.",
                });
            }
        }
    }

    private IEnumerable<ConfigurationChange> Fields(ResourcePair pair)
    {
        IReadOnlyDictionary<string, JsonNode> defaults = ConnectorSpecifications.Find(pair.Desired!.DefinitionId)?.Defaults(Known(pair)) ?? new Dictionary<string, JsonNode>();
        foreach (FieldDifference difference in new FieldComparison(pair, defaults, canTellSecrets).Differences())
        {
            bool isSwitch = difference.Field == "status" && IsRoute(pair.Live!);
            (bool resets, string? note) = StreamChange.Effect(pair, difference);
            yield return At(pair, PlaceOf(pair.Desired, difference.Field), Whole(pair, isSwitch ? ConfigurationAction.Leave : ConfigurationAction.Update, difference.Origin) with
            {
                Field = difference.Field,
                Live = difference.Live,
                Desired = difference.Wanted,
                Applied = difference.Applied,
                IsSecret = difference.IsSecret,
                ResetsState = resets,
                Note = isSwitch ? "It is a route of this environment: Invoke-AcodeFailover switches it, and publishing leaves it as it is." : difference.Note ?? note,
            });
        }
    }

    // The form that either side chooses, so that its defaults are known.
    private static JsonObject Known(ResourcePair pair)
    {
        JsonObject both = pair.Live!.Settings.DeepClone().AsObject();
        foreach ((string key, JsonNode? value) in pair.Desired!.Settings)
        {
            both[key] = value?.DeepClone();
        }

        return both;
    }

    private bool IsRoute(AirbyteResource live) => environment.Routes.Any(route => route.Means(live.Name, live.Id));

    private static string PlaceOf(DesiredResource desired, string field) => field switch
    {
        ResourceFields.Name => "resource_name",
        _ when desired.Kind != ConfiguredKind.Connection => $"configuration.{field}",
        _ when ConnectionFields.StreamOf(field) is { } stream => desired.StreamPlaces.GetValueOrDefault(stream)
            ?? desired.StreamPlaces.FirstOrDefault(known => stream.EndsWith($".{known.Key["streams[".Length..]}", StringComparison.Ordinal)).Value ?? "configuration.sync_catalog.streams",
        "namespaceDefinition" => "configuration.namespace_definition",
        "namespaceFormat" => "configuration.namespace_format",
        "nonBreakingSchemaUpdatesBehavior" => "configuration.non_breaking_changes_preference",
        "schedule.scheduleType" => "configuration.schedule_type",
        _ when field.StartsWith("schedule.", StringComparison.Ordinal) => "configuration.schedule_data",
        _ => $"configuration.{field}",
    };

    private ConfigurationChange At(ResourcePair pair, string place, ConfigurationChange change)
    {
        if (pair.Desired?.Document is not { } document)
        {
            return change;
        }

        DocumentNode node = DocumentPath.Nearest(document, place);
        return change with { File = node.File ?? System.IO.Path.Combine(folder, pair.Desired.Path), Line = node.Line, Column = node.Column };
    }

    private ConfigurationChange Whole(ResourcePair pair, ConfigurationAction action, ChangeOrigin origin) => At(pair, "", new ConfigurationChange
    {
        Action = action,
        Origin = origin,
        Kind = pair.Kind,
        Name = pair.Name,
        Path = pair.Desired?.Path ?? pair.Applied?.Path,
        ResourceId = pair.Live?.Id,
    });
}
