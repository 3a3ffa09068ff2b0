using System.Text.Json.Nodes;
using AcodeOps.Configuration.Archiving;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>
/// Changes of a connection what differs, and sends nothing else: the streams only where one of them changes, and then all of
/// them, as Airbyte takes the list for the whole.
/// </summary>
internal sealed class ChangeConnectionStep(PublicationPlan plan, PlannedResource resource) : ResourceStep(plan, resource)
{
    private static readonly string[] Undescribed = ["mappers", "includeFiles", "destinationObjectName"];

    /// <inheritdoc />
    public override Task ActAsync(StepContext context, CancellationToken cancel) => context.PersistAsync(
        c => Airbyte(context).ChangeConnectionAsync(Resource.Before!.Id, Changes(Desired.Name, StreamNames.Aligned(Desired.Settings, Resource.Before.Settings)), c), cancel);

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        await context.PersistAsync(c => Airbyte(context).ReadAsync(ConfiguredKind.Connection, Resource.Before!.Id, c), cancel).ConfigureAwait(false) is { } live
        && ReadBack(context, live);

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        AirbyteResource before = Resource.Before!;
        await RunningSyncs.RefuseAsync(context.Installation, [before], cancel).ConfigureAwait(false);
        await context.PersistAsync(c => Airbyte(context).ChangeConnectionAsync(before.Id, Changes(before.Name, before.Settings), c), cancel).ConfigureAwait(false);
        if (Resource.ResetsState && context.Facts.Get<string>(ArchiveStep.Key) is { } key)
        {
            ConfigurationArchive archive = await new ArchiveStorage(context.Installation.Storage(StorageRole.Audit), context.Installation.Environment.Name).ReadAsync(key, cancel).ConfigureAwait(false);
            if (archive.StateOf(before.Id) is { } state)
            {
                await context.PersistAsync(c => context.Installation.Airbyte.WriteStateAsync(before.Id, state, c), cancel).ConfigureAwait(false);
                context.Tell("How far its streams were read is as it was.");
            }
        }
    }

    private JsonObject Changes(string name, JsonObject settings)
    {
        JsonObject changes = [];
        foreach (string member in Resource.Fields.Select(field => field.Split('.', '[')[0]).Distinct())
        {
            switch (member)
            {
                case ResourceFields.Name:
                    changes["name"] = name;
                    break;
                case "streams":
                    changes["configurations"] = WithUndescribed(settings["configurations"]?.DeepClone());
                    break;
                case "schedule":
                    changes["schedule"] = Schedule(settings["schedule"] as JsonObject ?? []);
                    break;
                default:
                    changes[member] = settings[member]?.DeepClone();
                    break;
            }
        }

        // One is nothing without the other.
        if (changes.ContainsKey("namespaceDefinition") && settings["namespaceFormat"] is { } format)
        {
            changes["namespaceFormat"] = format.DeepClone();
        }

        return changes;
    }

    // The list replaces what is there: what files do not describe of a stream goes back with it, or it would be lost.
    private JsonNode? WithUndescribed(JsonNode? configurations)
    {
        foreach (JsonObject stream in (configurations?["streams"] as JsonArray ?? []).OfType<JsonObject>())
        {
            JsonObject? before = ConnectionFields.Streams(Resource.Before!.Settings)
                .FirstOrDefault(old => old["name"]?.ToString() == stream["name"]?.ToString() && old["namespace"]?.ToString() == stream["namespace"]?.ToString());
            foreach (string member in Undescribed.Where(member => !stream.ContainsKey(member) && before?[member] is not null))
            {
                stream[member] = before![member]!.DeepClone();
            }
        }

        return configurations;
    }

    private static JsonObject Schedule(JsonObject schedule)
    {
        JsonObject written = new() { ["scheduleType"] = schedule["scheduleType"]?.DeepClone() };
        if (ConnectionFields.CronOf(schedule) is { } cron)
        {
            written["cronExpression"] = cron;
        }

        return written;
    }
}
