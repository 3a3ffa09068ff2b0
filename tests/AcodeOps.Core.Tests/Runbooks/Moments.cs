namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>
/// Counts the moments at which something lasting happens, and does something at the one that a test names: kills the
/// process, after which nothing of it lasts any more, or presses Ctrl-C.
/// </summary>
internal sealed class Moments
{
    private readonly Lock _gate = new();
    private int _count;

    public sealed class ProcessKilledException() : Exception("Killed.");

    /// <summary>The moment at which the process dies; null for never.</summary>
    public int? KillAt { get; set; }

    /// <summary>The moment at which <see cref="Act"/> runs.</summary>
    public int? ActAt { get; set; }

    public Action Act { get; set; } = () => { };

    public bool IsDead { get; private set; }

    public int Count => _count;

    /// <summary>One such moment: once before, once after it.</summary>
    public void Pass()
    {
        lock (_gate)
        {
            _count++;
            IsDead |= _count == KillAt;
            if (IsDead)
            {
                throw new ProcessKilledException();
            }
        }

        if (_count == ActAt)
        {
            Act();
        }
    }

    /// <summary>A lasting change, with a moment on either side of it.</summary>
    public T Change<T>(Func<T> change)
    {
        Pass();
        T result = change();
        Pass();
        return result;
    }
}
