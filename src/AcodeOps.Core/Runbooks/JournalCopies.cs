namespace AcodeOps.Runbooks;

/// <summary>The journals of this machine of which the audit storage lacks a part: it was away when their runs ended.</summary>
/// <param name="installation">The installation.</param>
public sealed class JournalCopies(IInstallation installation)
{
    /// <summary>The runs, newest first; of this machine's last 30 days.</summary>
    /// <exception cref="AcodeException">The audit storage does not answer, or this machine's journals cannot be read.</exception>
    public async Task<IReadOnlyList<string>> FindBehindAsync(CancellationToken cancel)
    {
        DateTimeOffset since = installation.Clock.GetUtcNow().AddDays(-JournalReader.Days);
        List<string> behind = [];
        await foreach (string runId in installation.Journals.ListAsync(cancel).ConfigureAwait(false))
        {
            if (JournalKey.TimeOf(runId) is not { } time || time < since)
            {
                continue;
            }

            Journal.Reading reading = await Journal.ReadAsync(installation, runId, cancel).ConfigureAwait(false);
            if (reading.Away is not null)
            {
                throw reading.Away;
            }

            if (reading.Stored < reading.Lines.Count)
            {
                behind.Add(runId);
            }
        }

        return behind;
    }

    /// <summary>Copies what the audit storage lacks of a run's journal. Doing it again changes nothing.</summary>
    /// <exception cref="AcodeException">Why it was not copied.</exception>
    public async Task CopyAsync(string runId, CancellationToken cancel)
    {
        using Journal journal = await Journal.OpenAsync(installation, runId, cancel).ConfigureAwait(false);
        await journal.CatchUpAsync(cancel).ConfigureAwait(false);
    }
}
