namespace AcodeOps.Lab.Driver;

/// <summary>
/// Remembers for which sources a task was last done. <c>build.sh</c> hands the fingerprint of the sources over in <c>ACODE_SOURCES</c>; without one,
/// nothing counts as done.
/// </summary>
internal sealed class Stamp(Repository repository, string task)
{
    private readonly string _file = Path.Combine(repository.Out, ".stamps", task);

    public static string? Sources { get; } = Environment.GetEnvironmentVariable("ACODE_SOURCES") is { Length: > 0 } value ? value : null;

    public bool IsCurrent => Sources is not null && File.Exists(_file) && File.ReadAllText(_file) == Sources;

    public void Set()
    {
        if (Sources is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            File.WriteAllText(_file, Sources);
        }
    }

    public void Clear()
    {
        if (File.Exists(_file))
        {
            File.Delete(_file);
        }
    }
}
