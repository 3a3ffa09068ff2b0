namespace AcodeOps.Environments;

/// <summary>What <c>-Environment</c> takes: a name, a path, or an environment object.</summary>
public sealed class EnvironmentArgument
{
    /// <summary>By name or path.</summary>
    public EnvironmentArgument(string nameOrPath) => NameOrPath = nameOrPath;

    /// <summary>By object.</summary>
    public EnvironmentArgument(AcodeEnvironment environment) => Value = environment;

    /// <summary>The name or path, where it was given by one.</summary>
    public string? NameOrPath { get; }

    /// <summary>The environment, where it was given as object.</summary>
    public AcodeEnvironment? Value { get; }

    /// <inheritdoc />
    public override string ToString() => NameOrPath ?? Value!.Name;
}
