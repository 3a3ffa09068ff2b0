using System.Diagnostics;
using System.Runtime.CompilerServices;
using AcodeOps.Secrets.Scanning;

namespace AcodeOps.Adapters.Git;

/// <summary>
/// Reads a history by two programs side by side: <c>git log --raw</c> tells each content that appears, <c>git cat-file --batch</c>
/// gives it. What is kept of a long history is one short id for each content.
/// </summary>
internal sealed class GitHistory : IGitHistory
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async IAsyncEnumerable<GitVersion> ReadAsync(string folder, [EnumeratorCancellation] CancellationToken cancel)
    {
        await CheckRepositoryAsync(folder, cancel).ConfigureAwait(false);
        using Process log = GitProgram.Start(
            folder, "log", "--all", "--reverse", "--raw", "-m", "--root", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--ignore-submodules=all", "--diff-filter=d", "-z", "--format=%H", "--", ".");
        using Process contents = GitProgram.Start(folder, "cat-file", "--batch");
        using CancellationTokenRegistration stop = cancel.Register(() => End(log, contents));
        Task<string> complaint = log.StandardError.ReadToEndAsync(CancellationToken.None), silence = contents.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            using GitContents store = new(contents);
            await foreach ((string commit, string id, string path) in GitLog.ReadAsync(log.StandardOutput.BaseStream, cancel).ConfigureAwait(false))
            {
                if (await store.OpenAsync(id, cancel).ConfigureAwait(false) is { } content)
                {
                    using (content)
                    {
                        yield return new GitVersion(commit, path, content);
                        await content.SkipAsync(cancel).ConfigureAwait(false);
                    }
                }
            }

            cancel.ThrowIfCancellationRequested();
            await log.WaitForExitAsync(cancel).ConfigureAwait(false);
            if (log.ExitCode != 0)
            {
                throw Failed(folder, await complaint.ConfigureAwait(false));
            }
        }
        finally
        {
            End(log, contents);
        }
    }

    private static async Task CheckRepositoryAsync(string folder, CancellationToken cancel)
    {
        using Process git = GitProgram.Start(folder, "rev-parse", "--is-inside-work-tree", "--git-dir");
        using CancellationTokenRegistration stop = cancel.Register(() => End(git));
        Task<string> complaint = git.StandardError.ReadToEndAsync(CancellationToken.None);
        await git.StandardOutput.ReadToEndAsync(cancel).ConfigureAwait(false);
        await git.WaitForExitAsync(cancel).ConfigureAwait(false);
        string said = await complaint.ConfigureAwait(false);
        if (git.ExitCode != 0)
        {
            throw said.Contains("not a git repository", StringComparison.Ordinal)
                ? new AcodeException("GitRepositoryMissing", FailureClass.NotFound, $"'{ServerText.Shown(folder)}' is in no git repository: it has no history.")
                {
                    Advice = "Name a folder of a repository, or leave out -History.",
                    Subject = folder,
                }
                : Failed(folder, said);
        }
    }

    private static AcodeException Failed(string folder, string said) =>
        new("GitFailed", FailureClass.ServerFault, $"git cannot read the history of '{ServerText.Shown(folder)}': {ServerText.Shown(said.Trim())}")
        {
            Advice = "Try it with git log in that folder; git fsck tells whether the repository is whole.",
            Subject = folder,
        };

    private static void End(params Process[] processes)
    {
        foreach (Process process in processes)
        {
            try
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    process.WaitForExit(Patience);
                }
            }
            catch (InvalidOperationException)
            {
                // It ended by itself.
            }
        }
    }
}
