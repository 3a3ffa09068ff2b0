using System.Management.Automation.Language;
using AcodeOps.Lab.Hosting;

namespace AcodeOps.Lab.Driver;

/// <summary>Plays a script as a user would type it: its comments, each command after a prompt, and then what the command really shows.</summary>
internal static class Tour
{
    /// <summary>0, or the code of the first command that failed: the tour ends there.</summary>
    public static int Play(Shell shell, string script, TextWriter output, CancellationToken cancel)
    {
        ScriptBlockAst ast = Parser.ParseFile(script, out Token[] tokens, out ParseError[] errors);
        if (errors.Length > 0)
        {
            throw new DriverException($"{script}: {errors[0].Message}");
        }

        var comments = new Queue<Token>(tokens.Where(t => t.Kind == TokenKind.Comment && !t.Text.StartsWith("#Requires", StringComparison.OrdinalIgnoreCase)));
        foreach (StatementAst statement in ast.EndBlock.Statements)
        {
            cancel.ThrowIfCancellationRequested();
            while (comments.TryPeek(out Token? comment) && comment.Extent.StartOffset < statement.Extent.EndOffset)
            {
                comments.Dequeue();
                if (comment.Extent.StartOffset < statement.Extent.StartOffset)
                {
                    output.WriteLine(comment.Text);
                }
            }

            output.WriteLine("PS> " + statement.Extent.Text.ReplaceLineEndings("\n>> ").ReplaceLineEndings());
            int code = shell.RunCommand(statement.Extent.Text);
            if (shell.ExitCode is not null || code != 0)
            {
                return code;
            }
        }

        return 0;
    }
}
