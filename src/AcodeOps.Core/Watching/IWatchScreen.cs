namespace AcodeOps.Watching;

/// <summary>A terminal's screen that a watch draws on. Whatever stood there comes back when it is disposed.</summary>
public interface IWatchScreen : IDisposable
{
    /// <summary>Draws.</summary>
    void Show(WatchFrame frame);
}
