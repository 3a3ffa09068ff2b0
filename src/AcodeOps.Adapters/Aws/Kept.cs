namespace AcodeOps.Adapters.Aws;

/// <summary>
/// A value that is asked for once and kept. Callers at the same time share one request; it is ended only when the last
/// of them has given up, and a failure is not kept.
/// </summary>
internal sealed class Kept<T> where T : class
{
    private readonly object _gate = new();
    private T? _value;
    private Request? _running;

    private sealed class Request
    {
        public CancellationTokenSource Stop { get; } = new();
        public Task<T> Task { get; set; } = null!;
        public int Waiting { get; set; }
    }

    /// <summary>The kept value; asks for it where there is none.</summary>
    public Task<T> GetAsync(Func<CancellationToken, Task<T>> ask, CancellationToken cancel) => GetAsync(ask, isEnough: true, cancel);

    /// <summary>Asks for the value in any case. When that fails, the kept one stays.</summary>
    public Task<T> RefreshAsync(Func<CancellationToken, Task<T>> ask, CancellationToken cancel) => GetAsync(ask, isEnough: false, cancel);

    /// <summary>Drops the value, and whatever a request under way may still bring.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _value = null;
            _running = null;
        }
    }

    private async Task<T> GetAsync(Func<CancellationToken, Task<T>> ask, bool isEnough, CancellationToken cancel)
    {
        Request request;
        lock (_gate)
        {
            if (isEnough && _value is not null)
            {
                return _value;
            }

            if (_running is null)
            {
                Request started = new();
                started.Task = Task.Run(() => RunAsync(started, ask), CancellationToken.None);
                _running = started;
            }

            request = _running;
            request.Waiting++;
        }

        try
        {
            return await request.Task.WaitAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            Leave(request);
        }
    }

    private async Task<T> RunAsync(Request request, Func<CancellationToken, Task<T>> ask)
    {
        try
        {
            T value = await ask(request.Stop.Token).ConfigureAwait(false);
            lock (_gate)
            {
                if (ReferenceEquals(_running, request))
                {
                    _value = value;
                }
            }

            return value;
        }
        finally
        {
            lock (_gate)
            {
                if (ReferenceEquals(_running, request))
                {
                    _running = null;
                }
            }
        }
    }

    private void Leave(Request request)
    {
        lock (_gate)
        {
            if (--request.Waiting > 0 || request.Task.IsCompleted)
            {
                return;
            }

            // Nobody waits any more: whoever comes next begins anew.
            if (ReferenceEquals(_running, request))
            {
                _running = null;
            }
        }

        request.Stop.Cancel();
    }
}
