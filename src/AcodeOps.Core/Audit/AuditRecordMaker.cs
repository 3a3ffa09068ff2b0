using AcodeOps.Secrets;

namespace AcodeOps.Audit;

/// <summary>Makes records: adds who, where and when, takes out what must not be kept, and gives each its place in the chain.</summary>
internal sealed class AuditRecordMaker(
    ICallerIdentity caller, TimeProvider clock, IIdentifierSource identifiers, AuditDefinition definition, AuditOrigin origin, AuditChain chain, ICredentialStore? credentials)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>The record of what happened, with its place in the chain: it must now be kept, or the chain be told that it was not.</summary>
    public async Task<AuditRecord> MakeAsync(AuditEvent happened, CancellationToken cancel)
    {
        (CallerIdentity? identity, string? unknownBecause) = await ReadCallerAsync(cancel).ConfigureAwait(false);
        (Pseudonyms? pseudonyms, string? withheldBecause) = await ReadPseudonymsAsync(cancel).ConfigureAwait(false);
        PersonalData personal = new(definition.AllowedDetails, pseudonyms);
        List<string> withheld = [];
        AuditRecord record = new()
        {
            Id = "",
            At = default,
            EventType = happened.EventType,
            Phase = happened.Phase,
            User = withheldBecause is null ? personal.User(origin.User) : PersonalData.Withheld,
            CallerArn = withheldBecause is null ? personal.Arn(identity?.Arn) : null,
            CallerAccount = identity?.Account,
            CallerUnknownBecause = unknownBecause ?? withheldBecause,
            Host = origin.Host,
            ProcessId = origin.ProcessId,
            ModuleVersion = origin.ModuleVersion,
            PowerShellVersion = origin.PowerShellVersion,
            SessionId = origin.SessionId,
            RunId = AuditDetails.Clean(happened.RunId),
            Subject = personal.Words(AuditDetails.Clean(happened.Subject)),
            Reason = personal.Words(AuditDetails.Clean(happened.Reason)),
            Outcome = personal.Words(AuditDetails.Clean(happened.Outcome)),
            Details = Merge(AuditDetails.Clean(happened.Details), personal.Filter(AuditDetails.Clean(happened.GivenDetails), withheld)),
            WithheldDetails = withheld,
            RetentionDays = definition.RetentionDays,
            LegalBasis = AuditDetails.Clean(definition.LegalBasis),
        };
        return chain.Append(() =>
        {
            // One instant for the record, its id and its key; no finer than the id can tell. Taken in the chain, so that ids grow along it.
            DateTimeOffset now = clock.GetUtcNow().ToUniversalTime();
            DateTimeOffset at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
            return record with { Id = identifiers.Next(at), At = at };
        });
    }

    private static Dictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> own, Dictionary<string, object?> given)
    {
        foreach ((string name, object? value) in own)
        {
            given[name] = value;
        }

        return given;
    }

    // Where the key cannot be had, nobody is named in clear instead.
    private async Task<(Pseudonyms? Pseudonyms, string? WithheldBecause)> ReadPseudonymsAsync(CancellationToken cancel)
    {
        if (definition.IdentifierKey is not { } reference || credentials is null)
        {
            return (null, null);
        }

        using CancellationTokenSource limit = new(AnswerLimit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return (new Pseudonyms((await credentials.ReadAsync(reference, both.Token).ConfigureAwait(false)).Password), null);
        }
        catch (AcodeException e)
        {
            return (null, $"The key of identifiers cannot be read. {AuditDetails.Clean(e.Message)}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, "The key of identifiers was not told in time.");
        }
    }

    private async Task<(CallerIdentity? Identity, string? UnknownBecause)> ReadCallerAsync(CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(AnswerLimit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return (await caller.ReadAsync(both.Token).ConfigureAwait(false), null);
        }
        catch (AcodeException e)
        {
            return (null, AuditDetails.Clean(e.Message));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, $"STS did not answer within {AnswerLimit.TotalSeconds:0} s.");
        }
    }
}
