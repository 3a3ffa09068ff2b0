namespace AcodeOps.Lab;

/// <summary>One word of the lab's command line.</summary>
public interface IVerb
{
    string Name { get; }

    /// <summary>Whether the verb answers Ctrl-C itself; otherwise Ctrl-C cancels its run.</summary>
    bool HandlesInterrupt => false;

    /// <summary>Does the work; the result is the exit code of the process.</summary>
    Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel);
}
