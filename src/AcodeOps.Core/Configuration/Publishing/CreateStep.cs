using System.Text.Json.Nodes;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Makes a source, a destination or a connection. Airbyte would make a second one of the same name: each attempt looks for that of an earlier one first.</summary>
internal sealed class CreateStep(PublicationPlan plan, PlannedResource resource) : ResourceStep(plan, resource)
{
    private string Others => $"others {Resource.Path}";

    /// <inheritdoc />
    public override async Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        List<AirbyteResource> named = await context.PersistAsync(c => NamedAsync(context, c), cancel).ConfigureAwait(false);
        if (named.Find(other => other.DefinitionId == Desired.DefinitionId && !Plan.Ids.Values.Contains(other.Id)) is { } made)
        {
            throw Outdated($"The {Resource} was made by somebody else since this was planned: {made.Id}.");
        }

        context.Facts.Set(Others, named.Select(other => other.Id).ToArray());
    }

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        JsonObject settings = await new SecretReferences(context.Installation.Credentials).FillAsync(Desired.Settings, Desired.SecretPaths, cancel).ConfigureAwait(false);
        AirbyteResource wanted = new()
        {
            Kind = Desired.Kind,
            Id = Guid.Empty,
            Name = Desired.Name,
            DefinitionId = Desired.DefinitionId,
            SourceId = IdOf(context, Desired.SourcePath),
            DestinationId = IdOf(context, Desired.DestinationPath),
            Settings = settings,
        };
        AirbyteResource made = await context.PersistAsync(
            async c => await FindMadeAsync(context, c).ConfigureAwait(false) ?? await Airbyte(context).CreateAsync(wanted, c).ConfigureAwait(false), cancel).ConfigureAwait(false);
        new AppliedFact(made.Id, null).Keep(context.Facts, Resource.Path);
        await context.SaveAsync(cancel).ConfigureAwait(false);
        if (Desired.Kind != ConfiguredKind.Connection)
        {
            CheckStep.Refuse(await context.PersistAsync(c => Airbyte(context).CheckAsync(Desired.Kind, made.Id, c), cancel).ConfigureAwait(false), Resource);
        }

        context.Tell($"{made.Id}");
    }

    /// <inheritdoc />
    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) =>
        await FindMadeAsync(context, cancel).ConfigureAwait(false) is { } made
        && await context.PersistAsync(c => Airbyte(context).ReadAsync(made.Kind, made.Id, c), cancel).ConfigureAwait(false) is { } live
        && ReadBack(context, live);

    /// <inheritdoc />
    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        if (await context.PersistAsync(c => FindMadeAsync(context, c), cancel).ConfigureAwait(false) is not { } made)
        {
            return;
        }

        await RunningSyncs.RefuseAsync(context.Installation, [made], cancel).ConfigureAwait(false);
        await context.PersistAsync(c => Airbyte(context).DeleteAsync(made.Kind, made.Id, c), cancel).ConfigureAwait(false);
        context.Tell($"{made.Id} is deleted.");
    }

    private async Task<AirbyteResource?> FindMadeAsync(StepContext context, CancellationToken cancel)
    {
        if (AppliedFact.Of(context.Facts, Resource.Path) is { } known)
        {
            return await Airbyte(context).ReadAsync(Resource.Kind, known.Id, cancel).ConfigureAwait(false);
        }

        Guid[] others = context.Facts.Get<Guid[]>(Others) ?? [];
        return (await NamedAsync(context, cancel).ConfigureAwait(false)).Find(resource => !others.Contains(resource.Id));
    }

    private async Task<List<AirbyteResource>> NamedAsync(StepContext context, CancellationToken cancel)
    {
        List<AirbyteResource> named = [];
        await foreach (AirbyteResource resource in Airbyte(context).ListAsync(Resource.Kind, cancel).ConfigureAwait(false))
        {
            if (resource.Name == Resource.Name)
            {
                named.Add(resource);
            }
        }

        return named;
    }
}
