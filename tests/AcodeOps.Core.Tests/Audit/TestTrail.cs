using System.Globalization;
using AcodeOps.Audit;
using AcodeOps.Secrets;

namespace AcodeOps.Core.Tests.Audit;

/// <summary>A trail over parts that a test can look into and break.</summary>
internal sealed class TestTrail : ICallerIdentity, IIdentifierSource
{
    private long _last;

    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public MemoryStore Store { get; init; } = new();

    public MemorySpool Spool { get; } = new();

    public ManualClock Clock { get; init; } = new(Noon);

    public AuditDefinition Definition { get; init; } = new() { LegalBasis = "company policy 7" };

    public Func<CancellationToken, Task<CallerIdentity>> Caller { get; init; } =
        _ => Task.FromResult(new CallerIdentity("123456789012", "arn:aws:iam::123456789012:user/ana", "AIDA"));

    /// <summary>The chain of the one session.</summary>
    public AuditChain Chain { get; } = new();

    public AuditTrail Open() => new(Store, Spool, this, Clock, this, Definition, new AuditOrigin("ana", "ops-1", 4711, "0.1.0", "7.6.9", "c0ffee"), Chain);

    public Task<AuditRecord> WriteAsync(AuditEventType type = AuditEventType.FailoverExecuted, string? subject = null) =>
        Open().WriteAsync(new AuditEvent { EventType = type, Subject = subject }, TestContext.Current.CancellationToken);

    public Task<List<AuditReading>> ReadAsync(DateTimeOffset from, DateTimeOffset to, params AuditEventType[] types) =>
        Open().ReadAsync(new AuditQuery(from, to, types), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken).AsTask();

    public Task<List<AuditReading>> SyncAsync() =>
        Open().SyncAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken).AsTask();

    public Task<CallerIdentity> ReadAsync(CancellationToken cancel) => Caller(cancel);

    public string Next(DateTimeOffset at) => Interlocked.Increment(ref _last).ToString("00000000000000000000000000", CultureInfo.InvariantCulture);
}
