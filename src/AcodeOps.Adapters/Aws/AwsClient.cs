namespace AcodeOps.Adapters.Aws;

/// <summary>A service's client, together with what its failures are called.</summary>
/// <param name="api">The SDK's client.</param>
/// <param name="area">The prefix of error ids: <c>Storage</c>.</param>
/// <param name="host">The endpoint's host, for messages.</param>
internal sealed class AwsClient<T>(T api, string area, string host) : IDisposable where T : IDisposable
{
    /// <summary>Calls the service. What goes wrong comes out as <see cref="AcodeException"/>, or as the caller's own cancellation.</summary>
    /// <param name="subject">What it is about, for messages: <c>bucket 'lake'</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancel">Ends the wait at once, also where the SDK looks for credentials and does not heed it.</param>
    public async Task<TResult> CallAsync<TResult>(string subject, Func<T, CancellationToken, Task<TResult>> call, CancellationToken cancel)
    {
        try
        {
            return await call(api, cancel).WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not AcodeException and not OutOfMemoryException)
        {
            cancel.ThrowIfCancellationRequested();
            throw AwsFailures.Classify(e, Callee(subject));
        }
    }

    /// <summary>Who was asked and about what.</summary>
    public AwsCallee Callee(string subject) => new(area, host, subject);

    /// <inheritdoc />
    public void Dispose() => api.Dispose();
}

/// <summary>Who was asked and about what, for error ids and messages.</summary>
internal sealed record AwsCallee(string Area, string Host, string Subject);
