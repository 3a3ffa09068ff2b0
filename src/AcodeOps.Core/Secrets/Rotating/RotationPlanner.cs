using AcodeOps.Configuration;
using AcodeOps.Syncs;

namespace AcodeOps.Secrets.Rotating;

/// <summary>Plans a rotation: finds out who keeps the password, how it can be replaced, and what stands against it. Changes nothing.</summary>
/// <param name="installation">The installation.</param>
public sealed class RotationPlanner(IInstallation installation)
{
    /// <summary>Plans one.</summary>
    /// <exception cref="AcodeException">
    /// <c>RotationRefused</c>, <c>RotationAdministratorMissing</c>, <c>PendingSecretStale</c>, <c>SecretNotWritable</c>, <c>SourceNotDefined</c>;
    /// or why a server could not be asked.
    /// </exception>
    public async Task<RotationPlan> PlanAsync(RotationRequest request, CancellationToken cancel)
    {
        CredentialReference reference = CredentialReferences.OfSource(installation.Environment, request.Source);
        SourceDefinition source = installation.Environment.FindSource(request.Source)!;
        CredentialReferences.EnsureWritable(reference);
        RefuseSharedSecret(source);
        SecretDescription secret = await installation.SecretVersions.DescribeAsync(reference, cancel).ConfigureAwait(false);
        string current = secret.CurrentVersionId ?? throw RotationRefusals.VersionGone(reference, SecretLabels.Current);
        if (secret.PendingVersionId is { } pending && pending != current)
        {
            throw RotationRefusals.PendingStale(reference, pending);
        }

        Credential own = await installation.SecretVersions.ReadAsync(reference, current, cancel).ConfigureAwait(false) ?? throw RotationRefusals.VersionGone(reference, current);
        RotationMode mode = await RotationChoice.ModeAsync(installation, source, secret, request, own, cancel).ConfigureAwait(false);
        RotationPlan plan = new()
        {
            Environment = installation.Environment.Name,
            Source = request.Source,
            Mode = mode,
            Reference = reference,
            Server = $"{source.Role} source {source.Host ?? own.Host}:{source.Port ?? own.Port ?? 3306}",
            CurrentVersionId = current,
            IsHandedOver = request.Password is not null,
            PlannedAt = installation.Clock.GetUtcNow(),
        };
        if (plan.IsRequest)
        {
            return plan with { Request = PartnerRequest.Text(plan.Server, source.User ?? own.UserName ?? "") };
        }

        plan = await WithCopiesAsync(plan, source, own, cancel).ConfigureAwait(false);
        return mode switch
        {
            RotationMode.DualPassword or RotationMode.AlternatingUser => await AccountPlan.AddAsync(installation, source, plan, own, secret, request, cancel).ConfigureAwait(false),
            RotationMode.Lambda => plan with
            {
                Lambda = secret.RotationLambda,
                Notes =
                [
                    .. plan.Notes, $"Lambda {secret.RotationLambda} changes the password.",
                    "From then until Airbyte's copy is replaced, Airbyte holds the former password: a sync that begins in between fails, unless the Lambda alternates between two users.",
                    "What the Lambda has done is not taken back.",
                ],
            },
            _ => plan with { Notes = [.. plan.Notes, "The server is the partner's: nothing is changed there. Tell them when the run is complete, so that they drop the former password."] },
        };
    }

    private void RefuseSharedSecret(SourceDefinition source)
    {
        if (installation.Environment.Sources.FirstOrDefault(other => other.Role != source.Role && other.Credential == source.Credential) is { } other)
        {
            throw RotationRefusals.Refused(source, $"its secret is that of the {other} too, whose password would stay.", "Give each source a secret of its own.");
        }
    }

    private async Task<RotationPlan> WithCopiesAsync(RotationPlan plan, SourceDefinition source, Credential own, CancellationToken cancel)
    {
        string? user = source.User ?? own.UserName;
        IReadOnlyList<RouteReading> routes = [.. (await RouteReader.ReadAsync(installation, cancel).ConfigureAwait(false)).Where(route => route.Definition.Source == source.Role)];
        if (routes.FirstOrDefault(route => route.Problem is not null)?.Problem is { } problem)
        {
            throw problem;
        }

        HashSet<Guid> ids = [.. routes.Select(route => route.Connection?.SourceId).OfType<Guid>()];
        List<AirbyteResource> all = [];
        await foreach (AirbyteResource resource in installation.Airbyte.Resources.ListAsync(ConfiguredKind.Source, cancel).ConfigureAwait(false))
        {
            all.Add(resource);
        }

        AirbyteResource[] named = [.. all.Where(resource => ids.Contains(resource.Id))];
        foreach (AirbyteResource resource in named.Where(resource => AirbyteCopy.UserOf(resource) != user))
        {
            throw RotationRefusals.Refused(
                source, $"Airbyte's source '{resource.Name}' logs in as '{AirbyteCopy.UserOf(resource)}', and the secret holds '{user}'.", "Set both to the same user first.");
        }

        // Whoever else at Airbyte logs in to the same server as the same user would lose its login.
        HashSet<string> places = [.. named.Select(AirbyteCopy.PlaceOf)];
        AirbyteResource[] copies = [.. all.Where(resource => ids.Contains(resource.Id) || places.Contains(AirbyteCopy.PlaceOf(resource)))];
        RouteReading[] active = [.. routes.Where(route => route.Route.IsActive)];
        string[] notes = copies.Length == 0 ? ["Airbyte keeps no copy of the password on a route of this source."]
            : active.Length == 0 ? ["No active route reads this source: Airbyte tries the new password, and no sync proves it."] : [];
        return plan with
        {
            Copies = [.. copies.Select(resource => new RotatedCopy(resource.Id, resource.Name))],
            Connections = [.. active.Select(route => new RotatedConnection(route.Connection!.ConnectionId, route.Connection.Name)).DistinctBy(connection => connection.ConnectionId)],
            SyncMinutes = active.Select(route => route.Definition.SyncMinutes ?? installation.Environment.Objectives.SyncMinutes).DefaultIfEmpty(installation.Environment.Objectives.SyncMinutes).Max(),
            Notes = notes,
        };
    }
}
