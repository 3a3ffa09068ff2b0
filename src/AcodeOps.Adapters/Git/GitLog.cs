using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AcodeOps.Adapters.Git;

/// <summary>Reads what <c>git log --raw -z --format=%H</c> writes: commits, and for each the contents that files had then.</summary>
internal static class GitLog
{
    // A link, a submodule: no text of the repository's own.
    private const string SubmoduleMode = "160000";
    private const string LinkMode = "120000";

    /// <summary>Each content once, with the commit and the path at which it first appeared.</summary>
    public static async IAsyncEnumerable<(string Commit, string Id, string Path)> ReadAsync(Stream output, [EnumeratorCancellation] CancellationToken cancel)
    {
        HashSet<UInt128> seen = [];
        string commit = "";
        string? id = null;
        await foreach (string field in FieldsAsync(output, cancel).ConfigureAwait(false))
        {
            string text = field.TrimStart('\n');
            if (id is not null)
            {
                // The path of the content that the field before has told.
                if (id.Length > 0 && seen.Add(UInt128.Parse(id.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
                {
                    yield return (commit, id, field);
                }

                id = null;
            }
            else if (text.StartsWith(':'))
            {
                // :000000 100644 0000… 1234… A
                id = text.Split(' ') is [_, var mode, _, var now, ..] && mode is not (SubmoduleMode or LinkMode) ? now : "";
            }
            else if (text.Length >= 40)
            {
                commit = text[..40];
            }
        }
    }

    private static async IAsyncEnumerable<string> FieldsAsync(Stream output, [EnumeratorCancellation] CancellationToken cancel)
    {
        byte[] buffer = new byte[64 * 1024];
        List<byte> field = [];
        for (int read; (read = await output.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0;)
        {
            for (int at = 0, end; at < read; at = end + 1)
            {
                end = Array.IndexOf(buffer, (byte)0, at, read - at);
                if (end < 0)
                {
                    field.AddRange(buffer.AsSpan(at, read - at));
                    break;
                }

                field.AddRange(buffer.AsSpan(at, end - at));
                yield return Encoding.UTF8.GetString([.. field]);
                field.Clear();
            }
        }
    }
}
