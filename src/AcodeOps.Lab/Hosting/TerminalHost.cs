using System.Management.Automation;
using System.Text;

namespace AcodeOps.Lab.Hosting;

/// <summary>The lab host on this process's console, which may also be a pipe or a file.</summary>
internal static class TerminalHost
{
    private const int WidthWhenRedirected = 120;

    public static LabHost Create(bool nonInteractive)
    {
        bool terminal = !Console.IsOutputRedirected;
        bool colours = terminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new LabHost(new LabUserInterface(Console.Out, Console.Error)
        {
            Colours = colours,
            Width = terminal && Console.WindowWidth > 0 ? Console.WindowWidth : WidthWhenRedirected,
            ReadAnswer = nonInteractive ? null : Console.ReadLine,
            ReadSecret = nonInteractive || Console.IsInputRedirected ? null : ReadWithoutEcho,
            ShowProgress = colours && !Console.IsErrorRedirected ? ShowProgress : null,
        });
    }

    private static void ShowProgress(ProgressRecord record)
    {
        const string EraseLine = "\r\e[K";
        string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        Console.Error.Write(EraseLine);
        if (record.RecordType != ProgressRecordType.Completed)
        {
            string line = $"{record.Activity}: {record.StatusDescription}{percent}";
            // The carriage return leaves the line to whatever is printed next.
            Console.Error.Write(line[..Math.Min(line.Length, Math.Max(0, Console.WindowWidth - 1))] + "\r");
        }
    }

    private static string? ReadWithoutEcho()
    {
        StringBuilder typed = new();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.WriteLine();
                    return typed.ToString();
                case ConsoleKey.Backspace:
                    typed.Length = Math.Max(0, typed.Length - 1);
                    break;
                default:
                    typed.Append(key.KeyChar);
                    break;
            }
        }
    }
}
