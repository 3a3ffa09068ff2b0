using AcodeOps.Environments;

namespace AcodeOps.Shell;

/// <summary>Completes names that the connected environment's file tells. It asks no server, and offers nothing where nothing is connected.</summary>
public abstract class ConnectedNameCompleter : NameCompleter
{
    /// <inheritdoc />
    protected sealed override IEnumerable<(string Name, string? Tip)> Names() =>
        ConnectedEnvironment.OfThisRunspace is { } connected ? Names(connected.Installation.Environment) : [];

    /// <summary>The names, each with what is told of it; null for nothing.</summary>
    protected abstract IEnumerable<(string Name, string? Tip)> Names(AcodeEnvironment environment);
}
