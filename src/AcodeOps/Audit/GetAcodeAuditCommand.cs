using System.Management.Automation;
using AcodeOps.Access;
using AcodeOps.Audit;
using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>
/// Reads the audit trail in order of time, each record as it comes; without bounds, that of the last 24 hours. Records
/// that still wait on this machine are among them, with Stored false. A damaged record is an error of its own.
/// </summary>
[Needs(AccessRole.Viewer | AccessRole.Auditor, Need.ReadAudit)]
[Needs(AccessRole.Auditor, Need.FindPeople)]
[Cmdlet(VerbsCommon.Get, "AcodeAudit")]
[OutputType(typeof(AuditRecord))]
public sealed class GetAcodeAuditCommand : EnvironmentCmdlet
{
    // Other machines' clocks may be a little ahead of this one's.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>The first instant, included. Without it, 24 hours before the end.</summary>
    [Parameter(Position = 0)]
    public DateTimeOffset? From { get; set; }

    /// <summary>The last instant, excluded. Without it, now.</summary>
    [Parameter(Position = 1)]
    public DateTimeOffset? To { get; set; }

    /// <summary>The event types; all of them without it. Only these are listed at the storage.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AuditEventType[]? EventType { get; set; }

    /// <summary>
    /// Who wrote them, by the user's name. Where the environment hashes names, the records of both are found: those that hold the
    /// name's hash, and those of before that hold the name.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? User { get; set; }

    /// <summary>Stop after so many records.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <inheritdoc />
    protected override async Task ProcessAsync(CancellationToken cancel)
    {
        DateTimeOffset now = Installation.Clock.GetUtcNow();
        AuditQuery query = new(From ?? (To ?? now).AddHours(-24), To ?? now + Ahead, EventType ?? []);
        if (query.From >= query.To)
        {
            throw new AcodeException("AuditRangeEmpty", FailureClass.InvalidInput, $"-From {query.From:u} is not before -To {query.To:u}.");
        }

        IReadOnlySet<string>? users = User is null ? null : await Pseudonyms.NamesOfAsync(User, Installation, cancel);
        int left = First ?? int.MaxValue;
        await foreach (AuditReading reading in AuditTrail.Of(Installation, AuditSession.Origin(SessionState)).ReadAsync(query, cancel))
        {
            if (reading.Failure is { } failure)
            {
                WriteFailure(failure);
                continue;
            }

            if (users?.Contains(reading.Record!.User) == false)
            {
                continue;
            }

            WriteObject(reading.Record);
            if (--left == 0)
            {
                return;
            }
        }
    }
}
