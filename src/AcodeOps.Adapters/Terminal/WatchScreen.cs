using System.Text;
using AcodeOps.Watching;
using Spectre.Console;

namespace AcodeOps.Adapters.Terminal;

/// <summary>
/// Draws a watch on the terminal's second screen, over and over at the same place: what stood on the first one is there again
/// when it ends.
/// </summary>
internal sealed class WatchScreen : IWatchScreen
{
    // xterm's control sequences: the alternate screen, the cursor's visibility, home, erase to the end of the line and of the screen.
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EraseLine = "\e[K";
    private const string EraseBelow = "\e[J";

    // Code pages: the console's encoding is a class of its own.
    private const int Utf8 = 65001;
    private const int Utf16 = 1200;

    private readonly TextWriter _terminal;
    private readonly Func<(int Width, int Height)> _size;
    private readonly bool _colours;
    private readonly bool _unicode;
    private bool _isEntered;

    /// <param name="terminal">The terminal.</param>
    /// <param name="size">Its size now, in characters: people change it.</param>
    /// <param name="colours">False for a terminal, or a person, that wants none.</param>
    public WatchScreen(TextWriter terminal, Func<(int Width, int Height)> size, bool colours)
    {
        (_terminal, _size, _colours) = (terminal, size, colours);
        _unicode = terminal.Encoding.CodePage is Utf8 or Utf16;
    }

    /// <inheritdoc />
    public void Show(WatchFrame frame)
    {
        (int width, int height) = _size();
        string[] lines = Render(frame, width, height);
        StringBuilder drawn = new(_isEntered ? Home : Enter + Home);
        _isEntered = true;
        drawn.AppendJoin(EraseLine + "\r\n", lines.Take(height)).Append(EraseLine).Append(EraseBelow);
        _terminal.Write(drawn);
        _terminal.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_isEntered)
        {
            _terminal.Write(Leave);
            _terminal.Flush();
            _isEntered = false;
        }
    }

    private string[] Render(WatchFrame frame, int width, int height)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = _colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        (console.Profile.Width, console.Profile.Height, console.Profile.Capabilities.Unicode) = (width, height, _unicode);
        console.Write(new WatchPicture(frame, _unicode, width).Draw(height));
        return text.ToString().TrimEnd('\n').Split('\n');
    }
}
