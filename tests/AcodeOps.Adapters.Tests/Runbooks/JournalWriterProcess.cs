using System.Diagnostics;
using System.Globalization;
using System.Text;
using AcodeOps.Adapters.Files;
using AcodeOps.Adapters.Tests.Children;

namespace AcodeOps.Adapters.Tests.Runbooks;

/// <summary>This program once more, as a process that adds long lines to a journal and says each one's number, until it is killed.</summary>
internal static class JournalWriterProcess
{
    private const string Added = "added ";
    private const int LineLength = 200_000;

    /// <summary>The line of a number: its own text, over and over.</summary>
    public static byte[] Line(int number) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{number:000000} ", LineLength / 7)));

    /// <summary>Runs the writer, kills it some time after so many lines, and returns the last number that it said.</summary>
    public static async Task<int> RunUntilKilledAsync(string folder, int lines, TimeSpan then, CancellationToken cancel)
    {
        using Process process = ChildProcess.Start(typeof(JournalWriterProcess), folder);
        List<int> said = [];
        try
        {
            while (said.Count < lines && await process.StandardOutput.ReadLineAsync(cancel) is { } line)
            {
                said.AddRange(NumbersOf([line]));
            }

            await Task.Delay(then, cancel);
        }
        finally
        {
            process.Kill();
        }

        // What it had said before its end counts too; a last line without its end was not said.
        string rest = await process.StandardOutput.ReadToEndAsync(cancel);
        said.AddRange(NumbersOf(rest.Split('\n')[..^1]));
        await process.WaitForExitAsync(cancel);
        Assert.Equal(128 + 9, process.ExitCode);
        return said[^1];
    }

    /// <summary>What the process does: goes on with the journal of a folder until it is killed.</summary>
    public static async Task PlayAsync(string folder)
    {
        JournalFolder journals = JournalFolderTests.Open(folder);
        int number = (await journals.ReadAsync(JournalFolderTests.Run, CancellationToken.None)).Count;
        using Stream output = Console.OpenStandardOutput();
        while (true)
        {
            await journals.AppendAsync(JournalFolderTests.Run, Line(++number), CancellationToken.None);
            await output.WriteAsync(Encoding.ASCII.GetBytes($"{Added}{number}\n"));
        }
    }

    private static IEnumerable<int> NumbersOf(IEnumerable<string> lines) => lines
        .Where(line => line.StartsWith(Added, StringComparison.Ordinal)).Select(line => int.Parse(line[Added.Length..], CultureInfo.InvariantCulture));
}
