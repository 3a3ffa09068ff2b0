using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AcodeOps.Audit;

/// <summary>
/// Pairs intents with outcomes, in whatever order they come: by their run, or without one by their session; and by what was done to
/// what. An outcome answers every intent of its act before it: an act that was cut off and resumed has several.
/// </summary>
internal sealed class OpenIntents
{
    private readonly Dictionary<UInt128, (DateTimeOffset At, string Id)> _outcomes = [];
    private readonly Dictionary<UInt128, List<Intent>> _intents = [];

    private sealed record Intent(DateTimeOffset At, string Id, string Location, string? SessionId, string Message);

    /// <summary>Takes a record in.</summary>
    public void Add(AuditRecord record, string location)
    {
        if (record.Phase == AuditPhase.Event)
        {
            return;
        }

        UInt128 act = ActOf(record);
        bool isAnswered = _outcomes.TryGetValue(act, out (DateTimeOffset At, string Id) outcome);
        if (record.Phase == AuditPhase.Intent)
        {
            if (!isAnswered || string.CompareOrdinal(outcome.Id, record.Id) < 0)
            {
                (_intents.TryGetValue(act, out List<Intent>? open) ? open : _intents[act] = []).Add(new(
                    record.At, record.Id, location, record.SessionId, $"{record.EventType} '{record.Subject}' was begun by {record.User} at {record.At:u}{(record.RunId is null ? "" : $" in run {record.RunId}")}, and nothing tells its outcome."));
            }

            return;
        }

        if (!isAnswered || string.CompareOrdinal(outcome.Id, record.Id) < 0)
        {
            _outcomes[act] = (record.At, record.Id);
            if (_intents.TryGetValue(act, out List<Intent>? open) && open.RemoveAll(intent => string.CompareOrdinal(intent.Id, record.Id) < 0) > 0 && open.Count == 0)
            {
                _intents.Remove(act);
            }
        }
    }

    /// <summary>The intents without an outcome.</summary>
    /// <param name="before">Only those that are older: younger ones may still be at work.</param>
    public IEnumerable<AuditFault> Judge(DateTimeOffset before) =>
        from intent in _intents.Values.SelectMany(open => open)
        where intent.At < before
        orderby intent.Id
        select new AuditFault(AuditFaultKind.Unfinished, intent.Message) { Location = intent.Location, RecordId = intent.Id, SessionId = intent.SessionId };

    private static UInt128 ActOf(AuditRecord record)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{record.RunId ?? $"session {record.SessionId}"}\n{record.EventType}\n{record.Subject}"));
        return new(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)));
    }
}
