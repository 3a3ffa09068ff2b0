namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>Tests that change the process's own environment: they run alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironment
{
    public const string Name = "Process environment";
}

/// <summary>Variables for the time of one test, and a folder that stands for the user's home.</summary>
internal sealed class Variables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public Variables()
    {
        Home = Directory.CreateTempSubdirectory("acodeops-home-").FullName;
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(n => n.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
        {
            Set(name, null);
        }

        Set("HOME", Home);
        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    public string Home { get; }

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Writes a file under the home.</summary>
    public string Write(string path, string text)
    {
        string file = Path.Combine(Home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Directory.Delete(Home, recursive: true);
    }
}
