using System.Collections.Concurrent;
using System.Management.Automation;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>Every cmdlet as part of a shell: it shows that it goes on, obeys Ctrl-C, fails by the product's ids only, and minds no other shell.</summary>
public sealed class ShellMannersTests
{
    private const int AtOnce = 12;

    // A minute or more, of which two seconds are expected.
    private const int MostWaits = 3_000;

    // They ask no server, or are to go on where one is silent.
    private static readonly string[] Answering =
    [
        "Connect-AcodeEnvironment", "Disconnect-AcodeEnvironment", "Get-AcodeEnvironment", "Test-AcodeEnvironment", "New-AcodeEnvironment", "Watch-AcodeHealth", "Get-AcodeAlertRule",
        "Export-AcodeAlertRule", "Export-AcodeDashboard", "Export-AcodeAccessPolicy", "Find-AcodeSecret",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Where_no_server_answers_it_shows_that_it_goes_on_and_ends_at_Ctrl_C() => WithAllAsync(Answering, isSilent: true, async (command, one, _) =>
    {
        Task<ScriptResult> running = Task.Run(() => one.Run(command), Cancel);
        for (int wait = 0; !running.IsCompleted && !one.HasShownProgress; wait++)
        {
            Assert.True(wait < MostWaits, $"{command} shows nothing");
            await Task.Delay(20, Cancel);
        }

        one.Stop();
        return Faults(await running.WaitAsync(TimeSpan.FromMinutes(1), Cancel));
    });

    [Fact]
    public Task Two_shells_at_once_come_to_the_same() => WithAllAsync(["Watch-AcodeHealth"], isSilent: false, async (command, one, other) =>
    {
        ScriptResult[] results = await Task.WhenAll(new[] { one, other }.Select(session => Task.Run(() => session.Run(command), Cancel)));
        return results.SelectMany(Faults).Concat(IdOf(results[0]) == IdOf(results[1]) ? [] : [$"{IdOf(results[0])}, and {IdOf(results[1])}"]);
    });

    // Each command in a folder of its own; the shells are used again and again, as people's are.
    private static async Task WithAllAsync(string[] except, bool isSilent, Func<string, ModuleSession, ModuleSession, Task<IEnumerable<string>>> attempt)
    {
        using SilentServer silent = new();
        using LonelyEnvironment environment = new(isSilent ? silent.Port : null);
        using Shells shells = new(environment);
        ConcurrentBag<string> wrong = [];
        await Parallel.ForEachAsync(LeastCommands.All.Where(command => !except.Contains(command.Key)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (command, _) =>
        {
            (ModuleSession one, ModuleSession other) = (shells.Enter(command.Key + "-one"), shells.Enter(command.Key + "-other"));
            foreach (string fault in await attempt(command.Value, one, other))
            {
                wrong.Add($"{command.Value}: {fault}");
            }

            shells.Leave(one, other);
        });
        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong));
    }

    // What it failed by, in whatever order that came.
    private static string IdOf(ScriptResult result) => string.Join(" ", Failures(result).Select(error => error.FullyQualifiedErrorId).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<ErrorRecord> Failures(ScriptResult result) => result.Failure is { } failure ? result.Errors.Append(failure) : result.Errors;

    private static IEnumerable<string> Faults(ScriptResult result) => Failures(result)
        .Where(error => error.Exception is not PipelineStoppedException && error.Exception.GetType().FullName != "AcodeOps.AcodeException").Select(error => $"{error.FullyQualifiedErrorId} {error.Exception}");

    private sealed class Shells(LonelyEnvironment environment) : IDisposable
    {
        private readonly ConcurrentBag<ModuleSession> _free = [];

        public ModuleSession Enter(string folder)
        {
            ModuleSession session = _free.TryTake(out ModuleSession? free) ? free : new ModuleSession(nonInteractive: true);
            session.With("file", environment.File).With("folder", Directory.CreateDirectory(Path.Combine(environment.Folder, folder)).FullName)
                .Run("Set-Location $folder; $null = Connect-AcodeEnvironment $file").Clean();
            return session;
        }

        public void Leave(params ReadOnlySpan<ModuleSession> sessions)
        {
            foreach (ModuleSession session in sessions)
            {
                _free.Add(session);
            }
        }

        public void Dispose()
        {
            foreach (ModuleSession session in _free)
            {
                session.Dispose();
            }
        }
    }
}
