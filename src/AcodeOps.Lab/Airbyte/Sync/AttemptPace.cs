using System.Diagnostics;
using AcodeOps.Lab.Airbyte.Store;

namespace AcodeOps.Lab.Airbyte.Sync;

/// <summary>Makes an attempt suffer what was asked for: slowness, a failure after some rows, or no end at all.</summary>
/// <param name="fault">What; null for nothing.</param>
/// <param name="hangs">Is told when it hangs.</param>
internal sealed class AttemptPace(Fault? fault, Action hangs)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _rows;

    /// <summary>A cancellation is not heard, from the attempt's begin to its end.</summary>
    public bool IgnoresCancel => fault is { Kind: FaultKind.JobHang, IgnoreCancel: true };

    public bool MovesNothing => fault?.Kind == FaultKind.JobZeroRows;

    /// <summary>Called before the first row, and after each.</summary>
    public ValueTask AfterAsync(int rows, CancellationToken cancel)
    {
        _rows += rows;
        return fault is null ? ValueTask.CompletedTask : SufferAsync(fault, cancel);
    }

    private async ValueTask SufferAsync(Fault fault, CancellationToken cancel)
    {
        switch (fault.Kind)
        {
            case FaultKind.JobFail when _rows >= fault.AfterRows:
                throw new SyncFailure("source", fault.FailureType, $"Failed on request after {_rows} rows");
            case FaultKind.JobHang when _rows >= fault.AfterRows:
                hangs();
                await Task.Delay(Timeout.Infinite, cancel);
                break;
            case FaultKind.JobSlow:
                TimeSpan ahead = TimeSpan.FromSeconds(_rows / fault.RowsPerSecond) - _clock.Elapsed;
                if (ahead > TimeSpan.FromMilliseconds(20))
                {
                    await Task.Delay(ahead, cancel);
                }

                break;
            default:
                break;
        }
    }
}
