using System.Collections.Concurrent;

namespace AcodeOps.Health;

/// <summary>
/// What the probes of one round share: the installation, the time, and one connection attempt for each server, so that
/// a host that swallows packets costs the round one timeout and not one for every check.
/// </summary>
public sealed class HealthContext(IInstallation installation, CancellationToken round)
{
    private readonly ConcurrentDictionary<object, Lazy<Task>> _shared = new();

    /// <summary>The installation under examination.</summary>
    public IInstallation Installation { get; } = installation;

    /// <summary>Its definition.</summary>
    public AcodeEnvironment Environment => Installation.Environment;

    /// <summary>The time, UTC.</summary>
    public DateTimeOffset Now => Installation.Clock.GetUtcNow();

    /// <summary>
    /// True where a table is asked once for all: its watermark, its last days' rows and its daily figures in one statement,
    /// on the source that is fresh enough.
    /// </summary>
    public bool ReadsTablesInOnePass { get; init; }

    /// <summary>The server behind a source, once it has answered; fails as it failed for whoever asked first.</summary>
    /// <exception cref="AcodeException">The source could not be reached or refused.</exception>
    public Task<SourceServer> ServerAsync(SourceRole role) =>
        OnceAsync((typeof(SourceServer), role), cancel => Installation.Source(role).ProbeAsync(cancel));

    /// <summary>A source that is known to answer, for checks that ask it something else than whether it answers.</summary>
    /// <exception cref="AcodeException">The source could not be asked; why is told in full by the check of the source itself.</exception>
    public async Task<ISource> SourceAsync(SourceRole role)
    {
        try
        {
            await ServerAsync(role).ConfigureAwait(false);
        }
        catch (AcodeException failure)
        {
            string name = role.ToString().ToLowerInvariant();
            throw new AcodeException(failure.Id, failure.Cause, $"The {name} could not be asked ({failure.Id}).", failure)
            {
                Advice = $"See the check Source {name}.",
                Subject = failure.Subject,
            };
        }

        return Installation.Source(role);
    }

    /// <summary>
    /// Does something once for the whole round, whichever probe asks first. It runs under the round's own time limit,
    /// not under that of the probe which happened to come first.
    /// </summary>
    public Task<T> OnceAsync<T>(object key, Func<CancellationToken, Task<T>> ask) =>
        (Task<T>)_shared.GetOrAdd(key, _ => new Lazy<Task>(() => ask(round))).Value;
}
