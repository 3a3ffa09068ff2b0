namespace AcodeOps.Lab.Driver;

/// <summary>
/// Remembers for which sources a task was last done. <c>build.sh</c> hands their fingerprints over in <c>ACODE_SOURCES</c> and <c>ACODE_TESTS</c>;
/// without them nothing counts as done.
/// </summary>
internal sealed class Stamp
{
    private readonly string _file;
    private readonly string? _now;

    private Stamp(Repository repository, string task, params string[] variables)
    {
        string?[] values = [.. variables.Select(Environment.GetEnvironmentVariable)];
        _file = Path.Combine(repository.Out, ".stamps", task);
        _now = Array.TrueForAll(values, v => !string.IsNullOrEmpty(v)) ? string.Join('-', values) : null;
    }

    /// <summary>For a task that depends on what is shipped.</summary>
    public static Stamp OfSources(Repository repository, string task) => new(repository, task, "ACODE_SOURCES");

    /// <summary>For a task that depends on the tests too.</summary>
    public static Stamp OfTests(Repository repository, string task) => new(repository, task, "ACODE_SOURCES", "ACODE_TESTS");

    /// <summary>Does the work unless it was done for these very sources; a failure leaves it to be done again.</summary>
    public async Task OnceAsync(bool stillThere, Func<Task> work)
    {
        if (stillThere && _now is not null && File.Exists(_file) && (await File.ReadAllTextAsync(_file)).Trim() == _now)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.Delete(_file);
        await work();
        if (_now is not null)
        {
            await File.WriteAllTextAsync(_file, _now);
        }
    }
}
