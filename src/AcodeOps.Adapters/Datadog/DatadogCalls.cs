using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Datadog;

/// <summary>
/// Speaks with Datadog's API: bounded in time and size, never led to another host. The keys are in headers and nowhere else.
/// </summary>
internal sealed class DatadogCalls(DatadogDefinition definition, ICredentialStore credentials, TimeProvider clock) : IDisposable
{
    private const int MostAnswerBytes = 16 << 20;
    private const int Attempts = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    // Longer than its usual stretch of 10 s; one of minutes is the operator's to wait for.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = OutgoingHttp.Open();

    private readonly DatadogErrors _errors = new(definition.Url);

    /// <summary>Sends a request, again where it is asked to wait, or where it may be repeated and the connection or the server failed.</summary>
    /// <returns>The answer; null for an empty one.</returns>
    /// <exception cref="AcodeException">What is wrong.</exception>
    public async Task<JsonNode?> SendAsync(DatadogCall call, CancellationToken cancel)
    {
        if (definition.Url is { Scheme: "http", IsLoopback: false })
        {
            throw _errors.NotEncrypted();
        }

        for (int attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                return await OnceAsync(call, cancel).ConfigureAwait(false);
            }
            catch (DatadogThrottle throttle) when (attempt < Attempts && throttle.Wait <= LongestWait)
            {
                wait = throttle.Wait;
            }
            catch (DatadogThrottle throttle)
            {
                throw _errors.Throttled(throttle.Wait);
            }
            catch (AcodeException failure) when (attempt < Attempts && (call.IsRepeatable || call.Method == HttpMethod.Get) && (failure.Cause.IsOutage() || failure.Cause == FailureClass.ServerFault))
            {
                wait = TimeSpan.FromMilliseconds(200 * attempt);
            }

            await Task.Delay(wait, clock, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>That what answers is not Datadog's API.</summary>
    public AcodeException SomethingElse(string what) => _errors.SomethingElse(what);

    private async Task<JsonNode?> OnceAsync(DatadogCall call, CancellationToken cancel)
    {
        SecretText key = (await credentials.ReadAsync(definition.ApiKey, cancel).ConfigureAwait(false)).Password;
        SecretText application = (await credentials.ReadAsync(definition.ApplicationKey, cancel).ConfigureAwait(false)).Password;
        using CancellationTokenSource limit = new(Limit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using HttpRequestMessage request = new(call.Method, new Uri(definition.Url, call.Path));
            if (!request.Headers.TryAddWithoutValidation("DD-API-KEY", key.Reveal()) || !request.Headers.TryAddWithoutValidation("DD-APPLICATION-KEY", application.Reveal()))
            {
                throw _errors.NoKeys();
            }

            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("AcodeOps", typeof(DatadogCalls).Assembly.GetName().Version?.ToString(3)));
            if (call.Body is { } body)
            {
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            }

            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                throw new DatadogThrottle(WaitOf(answer));
            }

            byte[] content = await BoundedBody.ReadAsync(await answer.Content.ReadAsStreamAsync(both.Token).ConfigureAwait(false), MostAnswerBytes, both.Token).ConfigureAwait(false)
                ?? throw _errors.SomethingElse($"its answer is longer than {MostAnswerBytes >> 20} MiB");
            return answer.IsSuccessStatusCode ? Json(content) : throw _errors.NoSuccess(answer.StatusCode, call, content, [key.Reveal(), application.Reveal()]);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw _errors.NoAnswer(e, call);
        }
    }

    private JsonNode? Json(byte[] content)
    {
        try
        {
            return content.Length == 0 ? null : JsonNode.Parse(content);
        }
        catch (JsonException)
        {
            throw _errors.SomethingElse("its answer is no JSON");
        }
    }

    // Source: "Rate limits" of Datadog's API reference: seconds until the limit is counted anew.
    private static TimeSpan WaitOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-RateLimit-Reset", out IEnumerable<string>? values) && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.FromSeconds(1);

    private sealed class DatadogThrottle(TimeSpan wait) : Exception
    {
        public TimeSpan Wait => wait;
    }
}
