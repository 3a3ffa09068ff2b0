using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>A machine whose processes end when a test says so.</summary>
internal sealed class TestMachine(string host, int processId, HashSet<ProcessStamp> gone) : IMachine
{
    public ProcessStamp ThisProcess { get; } = new(host, $"boot of {host}", processId, new DateTimeOffset(2026, 11, 24, 11, 0, 0, TimeSpan.Zero).AddSeconds(processId), "ana");

    public bool IsGone(ProcessStamp process) => process.Host == host && gone.Contains(process);
}
