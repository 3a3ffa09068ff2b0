using System.Text.Json.Nodes;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Lets Airbyte try the new settings of a source or a destination before any of them is saved.</summary>
internal sealed class CheckStep(PublicationPlan plan, PlannedResource resource) : PublicationStep(plan)
{
    /// <inheritdoc />
    public override string Name => $"check {resource.Place}";

    /// <inheritdoc />
    public override string Title => $"Let Airbyte try {resource} with its new settings";

    /// <inheritdoc />
    public override bool Mutates => false;

    /// <inheritdoc />
    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        DesiredResource desired = resource.Desired!;
        JsonObject settings = await new SecretReferences(context.Installation.Credentials).FillAsync(desired.Settings, desired.SecretPaths, cancel).ConfigureAwait(false);
        if (await context.PersistAsync(c => Airbyte(context).ReadAsync(desired.Kind, resource.Before!.Id, c), cancel).ConfigureAwait(false) is { } live)
        {
            settings = UndeclaredSecrets.PutBack(settings, live);
        }

        ConnectorCheck check = await context.PersistAsync(c => Airbyte(context).CheckUpdateAsync(desired.Kind, resource.Before!.Id, desired.Name, settings, c), cancel).ConfigureAwait(false);
        Refuse(check, resource);
        context.Tell("It can be reached.");
    }

    /// <inheritdoc />
    public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(context.Evidence.Count > 0);

    /// <summary>Refuses a connector that could not be reached.</summary>
    /// <exception cref="AcodeException"><c>ConnectorCheckFailed</c>.</exception>
    public static void Refuse(ConnectorCheck check, PlannedResource resource)
    {
        if (!check.Succeeded)
        {
            throw new AcodeException("ConnectorCheckFailed", FailureClass.Refused, $"Airbyte cannot work with the {resource} as its file describes it. {check.Message}")
            {
                Advice = "Correct the file, the secret, or what stands between Airbyte and the server, and publish again.",
                Subject = resource.Path,
            };
        }
    }
}
