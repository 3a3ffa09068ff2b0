using System.Management.Automation;

namespace AcodeOps.Watching;

/// <summary>What a watch shows: the live view on a terminal, else a line for each change; and after the live view, its last lines.</summary>
internal sealed class WatchOutput(Cmdlet cmdlet, WatchBoard board, IWatchScreen? screen) : IDisposable
{
    private const int LinesKept = 10;
    private bool _isShown;

    /// <summary>Shows the board, and what is new on it.</summary>
    public void Show(IReadOnlyList<WatchEvent> news)
    {
        if (screen is not null && board.Frame() is { } frame)
        {
            _isShown = true;
            screen.Show(frame);
            return;
        }

        foreach (WatchEvent happened in news)
        {
            Write(happened);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        screen?.Dispose();
        if (_isShown)
        {
            // The second screen is gone: what has happened stays in sight.
            foreach (WatchEvent happened in board.Events.TakeLast(LinesKept))
            {
                Write(happened);
            }
        }
    }

    // As Write-Host writes: shown in every host, and on a stream of its own.
    private void Write(WatchEvent happened)
    {
        try
        {
            cmdlet.WriteInformation(new HostInformationMessage { Message = happened.ToString() }, ["PSHOST"]);
        }
        catch (PipelineStoppedException)
        {
            // After Ctrl-C the pipeline takes nothing any more.
        }
    }
}
