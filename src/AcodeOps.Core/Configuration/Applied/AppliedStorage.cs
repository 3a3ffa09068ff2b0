using System.Globalization;
using System.Text.Json;
using AcodeOps.Runbooks;

namespace AcodeOps.Configuration.Applied;

/// <summary>
/// The records of what was applied, in the audit storage: one object for each run, never overwritten, the last one counts. So
/// every machine and every pipeline holds the files against the same. They are numbered, as the clocks of two machines may differ.
/// </summary>
internal sealed class AppliedStorage(IObjectStore storage)
{
    private const string Root = "acode_configuration/applied/";

    /// <summary>The record of the last run, by its number; null where there is none.</summary>
    /// <exception cref="AcodeException"><c>AppliedConfigurationUnreadable</c>, or why the audit storage did not answer.</exception>
    public async Task<AppliedConfiguration?> ReadLastAsync(string environment, Guid workspace, CancellationToken cancel)
    {
        string? last = null;
        await foreach (StoredObject found in storage.ListAsync(Folder(environment, workspace), cancel: cancel).ConfigureAwait(false))
        {
            last = found.Key;
        }

        return last is null || await storage.GetAsync(last, cancel).ConfigureAwait(false) is not { } stored ? null : Read(last, stored.Content);
    }

    /// <summary>Stores a record. Doing it again changes nothing.</summary>
    public async Task WriteAsync(AppliedConfiguration applied, CancellationToken cancel)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{Folder(applied.Environment, applied.Workspace)}{applied.Number:D10}_{applied.RunId}.json");
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(applied, StepFacts.Json);
        try
        {
            await storage.PutAsync(key, content, new PutOptions { IfAbsent = true, Encrypt = true, ContentType = "application/json" }, cancel).ConfigureAwait(false);
        }
        catch (AcodeException there) when (there.Cause == FailureClass.Conflict)
        {
            // By an earlier attempt of the same run, whose answer was lost.
        }
    }

    private string Folder(string environment, Guid workspace) =>
        string.Create(CultureInfo.InvariantCulture, $"{storage.Definition.Prefix}{Root}{environment}/{workspace}/");

    private AppliedConfiguration Read(string key, ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<AppliedConfiguration>(content.Span, StepFacts.Json) is { Format: 1 } applied ? applied : throw Unreadable(key, null);
        }
        catch (JsonException e)
        {
            throw Unreadable(key, e);
        }
    }

    private AcodeException Unreadable(string key, Exception? inner) => new(
        "AppliedConfigurationUnreadable", FailureClass.Protocol, $"This version cannot read what was applied last: {key} in the {storage.Definition}.", inner)
    {
        Advice = "Update AcodeOps: a newer one may have written it.",
        Subject = key,
    };
}
