using System.Text.Json.Nodes;
using AcodeOps.Configuration.Comparing;
using AcodeOps.Health;
using AcodeOps.Secrets;

namespace AcodeOps.Deployment.Checks;

/// <summary>Every variable and every secret that the files refer to can be read, here and now. No value is shown.</summary>
internal sealed class VariablesCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.Before;

    /// <inheritdoc />
    public override string Target => "variables";

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        SecretReference[] references = [.. context.Project.Resources.SelectMany(resource => Find(resource.Path, resource.Settings, ""))];
        await Task.WhenAll(references.Select(reference => reference.Reference).Distinct().Select(reference => RefreshAsync(context.Installation.Credentials, reference, cancel))).ConfigureAwait(false);
        SecretReferences reader = new(context.Installation.Credentials);
        return Judge(context.Project, await Task.WhenAll(references.Select(reference => ReadAsync(reader, reference, cancel))).ConfigureAwait(false));
    }

    /// <summary>Failed where one is not there; Unknown where its holder could not be asked.</summary>
    internal static Observation Judge(ConfigurationProject project, IReadOnlyCollection<SecretReference> references)
    {
        Finding[] undefined = [.. project.Findings.Where(finding => finding.Rule == "UndefinedVariable")];
        SecretReference[] unread = [.. references.Where(reference => reference.Failure is not null)];
        bool isMissing = undefined.Length > 0 || unread.Any(reference => reference.Failure!.Cause is FailureClass.NotFound or FailureClass.InvalidInput);
        string[] evidence =
        [
            .. undefined.Select(finding => ConfigurationCheck.InProject(project, finding)),
            .. references.OrderBy(reference => reference.Failure is null).Select(reference => $"{reference.Place}: {reference.Reference}: {reference.Failure?.Message ?? "readable"}"),
        ];
        if (undefined.Length == 0 && unread.Length == 0)
        {
            return new Observation(Verdict.Healthy, $"All variables are set, and {references.Count} references to secrets can be read.") { Evidence = evidence };
        }

        AcodeException? failure = unread.FirstOrDefault()?.Failure;
        return new Observation(isMissing ? Verdict.Failed : Verdict.Unknown, $"{undefined.Length + unread.Length} variables and references to secrets cannot be read: {evidence[0]}")
        {
            Cause = undefined.Length > 0 ? FailureClass.InvalidInput : failure!.Cause,
            ErrorId = undefined.Length > 0 ? "UndefinedVariable" : failure!.Id,
            Evidence = evidence,
            Remedy = (undefined is [{ } first, ..] ? first.Remedy : null) ?? failure?.Advice ?? "Make the secret, or correct the reference to it.",
        };
    }

    private static IEnumerable<SecretReference> Find(string file, JsonObject settings, string path)
    {
        foreach ((string key, JsonNode? value) in settings)
        {
            string below = path.Length == 0 ? key : $"{path}.{key}";
            if (value is JsonObject inner)
            {
                foreach (SecretReference found in Find(file, inner, below))
                {
                    yield return found;
                }
            }
            else if (value is JsonValue text && text.TryGetValue(out string? written) && CredentialReference.TryParse(written) is { Holder: not CredentialHolder.Profile } reference)
            {
                yield return new SecretReference(file, below, reference);
            }
        }
    }

    // What was read an hour ago proves nothing of now.
    private static async Task RefreshAsync(ICredentialStore credentials, CredentialReference reference, CancellationToken cancel)
    {
        try
        {
            await credentials.RefreshAsync(reference, cancel).ConfigureAwait(false);
        }
        catch (AcodeException)
        {
            // What is kept stays where asking fails, and would be taken for readable.
            credentials.Forget(reference);
        }
    }

    private static async Task<SecretReference> ReadAsync(SecretReferences reader, SecretReference reference, CancellationToken cancel)
    {
        try
        {
            await reader.ReadAsync(reference.Setting, reference.Reference.ToString(), cancel).ConfigureAwait(false);
            return reference;
        }
        catch (AcodeException failure)
        {
            return reference with { Failure = failure };
        }
    }

    /// <summary>A place in the files that refers to a secret.</summary>
    /// <param name="File">The file within the project.</param>
    /// <param name="Setting">The setting's path.</param>
    /// <param name="Reference">What it refers to.</param>
    internal sealed record SecretReference(string File, string Setting, CredentialReference Reference)
    {
        /// <summary>Why it cannot be read; null where it can.</summary>
        public AcodeException? Failure { get; init; }

        /// <summary>File and setting.</summary>
        public string Place => $"{File}: {Setting}";
    }
}
