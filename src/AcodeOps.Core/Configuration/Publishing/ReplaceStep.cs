using System.Text.Json.Nodes;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Sets all settings of a source or a destination as they are to be; secrets that have not changed are left as they are.</summary>
internal sealed class ReplaceStep(PublicationPlan plan, PlannedResource resource) : ResourceStep(plan, resource)
{
    private string Answered => $"answered {Resource.Path}";

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        JsonObject settings = await new SecretReferences(context.Installation.Credentials).FillAsync(KeepingSecrets(), Desired.SecretPaths, cancel).ConfigureAwait(false);
        await ReplaceAsync(context, Desired.Name, settings, cancel).ConfigureAwait(false);

        // What became of a secret does not show: only the answer tells that it was taken.
        context.Facts.Set(Answered, true);
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => context.Facts.Get<bool>(Answered)
        && await context.PersistAsync(c => Airbyte(context).ReadAsync(Desired.Kind, Resource.Before!.Id, c), cancel).ConfigureAwait(false) is { } live
        && ReadBack(context, live);

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        AirbyteResource before = Resource.Before!;
        await RunningSyncs.RefuseAsync(context.Installation, [before], cancel).ConfigureAwait(false);
        await ReplaceAsync(context, before.Name, before.Settings, cancel).ConfigureAwait(false);
        string[] secrets = [.. Resource.Fields.Where(field => Desired.SecretPaths.Contains(field))];
        context.Tell(secrets.Length == 0 ? "As it was." : $"As it was, but for secrets, which Airbyte does not give back: {string.Join(", ", secrets)} may be the new one.");
    }

    private async Task ReplaceAsync(StepContext context, string name, JsonObject settings, CancellationToken cancel)
    {
        (ConfiguredKind kind, Guid id) = (Resource.Kind, Resource.Before!.Id);
        AirbyteResource? live = await context.PersistAsync(c => Airbyte(context).ReadAsync(kind, id, c), cancel).ConfigureAwait(false);
        JsonObject whole = live is null ? settings : UndeclaredSecrets.PutBack(settings, live);
        await context.PersistAsync(c => Airbyte(context).ReplaceAsync(kind, id, name, whole, c), cancel).ConfigureAwait(false);
    }

    // A secret that is as it should be is not sent: the mask stands for it.
    private JsonObject KeepingSecrets() => SettingPath.Masked(Desired.Settings, Desired.SecretPaths.Where(path => !Resource.Fields.Contains(path)));
}
