using AcodeOps.Configuration.Comparing;

namespace AcodeOps.Configuration.Publishing;

/// <summary>What must not be published, or not without a consent of its own.</summary>
internal static class PublicationRefusals
{
    public static void Refuse(ConfigurationComparison comparison, PublicationOptions options)
    {
        if (comparison.Failures is [var failure, ..])
        {
            throw failure;
        }

        foreach (ResourcePair pair in comparison.Pairs)
        {
            foreach (ConfigurationChange change in pair.Changes)
            {
                Refuse(change, options);
            }

            RefuseWhole(pair);
        }
    }

    private static void Refuse(ConfigurationChange change, PublicationOptions options)
    {
        if (change is { Kind: ConfiguredKind.Connection, Field: "source" or "destination" })
        {
            throw Refused("ConnectionEndsFixed", change, $"Connection '{change.Name}' has the {change.Field} '{change.Live}', and its file says '{change.Desired}'.", change.Note!);
        }

        if (change.Action == ConfigurationAction.Leave)
        {
            return;
        }

        if (change.Origin == ChangeOrigin.Conflict && !options.AllowConflict)
        {
            throw Refused("ConfigurationConflict", change, $"{change.Kind} '{change.Name}': {change.Field} was changed in the file ({change.Applied ?? "(none)"} -> {change.Desired ?? "(none)"}) and at Airbyte ({change.Live ?? "(none)"}) since it was applied.",
                "Take over what is right into the file, or overwrite it with -AllowConflict.");
        }

        if (change.ResetsState && !options.AllowStateReset)
        {
            throw Refused("StateWouldBeReset", change, $"{change.Message.TrimEnd('.')}. Its rows would be read again.", "Leave it, or consent with -AllowStateReset: how far its streams were read is kept in a backup first.");
        }

        if (change is { Field: "schedule.scheduleType", Desired: "basic" } or { Field: "schedule.basicTiming", Desired: not null })
        {
            throw Refused("ScheduleNotWritable", change, $"Connection '{change.Name}': the supported API of Airbyte can set no schedule of every so many hours.", "Write schedule_type: cron.");
        }
    }

    private static void RefuseWhole(ResourcePair pair)
    {
        if (pair.Action is not (ConfigurationAction.Create or ConfigurationAction.Update) || pair.Desired is not { } desired)
        {
            return;
        }

        if (desired.Kind == ConfiguredKind.Connection && !ConnectionFields.Streams(desired.Settings).Any())
        {
            throw Refused("StreamsMissing", pair.Changes[0], $"Connection '{desired.Name}' selects no stream, and Airbyte takes an empty list for all that there are.", "Select a stream, or set the connection inactive.");
        }

        if (pair.Action == ConfigurationAction.Create && ResourceFields.Of(desired.Kind, desired.Name, desired.Settings)
            .FirstOrDefault(field => field.Value.ToString() == AirbyteResource.Mask && !desired.References.ContainsKey(field.Key)).Key is { } masked)
        {
            throw Refused("SecretMissing", pair.Changes[0], $"{desired.Kind} '{desired.Name}' is to be made, and its file has a mask in the place of {masked}.", "Write secretsmanager:NAME there.");
        }
    }

    private static AcodeException Refused(string id, ConfigurationChange change, string message, string advice) =>
        new(id, FailureClass.Refused, message) { Advice = advice, Subject = change };
}
