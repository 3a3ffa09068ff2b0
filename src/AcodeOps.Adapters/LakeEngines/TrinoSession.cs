using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AcodeOps.Documents;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.LakeEngines;

/// <summary>
/// Asks a Trino coordinator by its client protocol: a statement is posted, and its answer followed from page to page. One that is given up is ended.
/// Source: "Trino client REST API" of Trino's documentation.
/// </summary>
/// <param name="definition">Where it is, and by whose credential.</param>
/// <param name="credentials">The credentials.</param>
/// <param name="clock">The clock.</param>
internal sealed class TrinoSession(LakeDefinition definition, ICredentialStore credentials, TimeProvider clock) : ISqlSession
{
    private const string Product = "AcodeOps";
    private const int MostAnswerBytes = 64 << 20;
    private const int Attempts = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = OutgoingHttp.Open();
    private long _bytesRead;

    // Who asks. Printed nowhere: it holds the password.
    private sealed class Login(string user, AuthenticationHeaderValue? header)
    {
        public string User => user;

        public AuthenticationHeaderValue? Header => header;
    }

    /// <inheritdoc />
    public string Name => definition.ToString();

    /// <inheritdoc />
    public long? BytesRead => Interlocked.Read(ref _bytesRead);

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<string?>> AskAsync(string sql, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        long began = clock.GetTimestamp();
        (JsonElement? page, Login login) = await BeginAsync(sql, cancel).ConfigureAwait(false);
        Uri? next = null;
        try
        {
            while (page is { } told)
            {
                next = told.Member("error") is { } error ? throw Failure(error) : NextOf(told);
                if (told.Member("data") is { ValueKind: not JsonValueKind.Array })
                {
                    throw NotAnAnswer("its rows are no list");
                }

                foreach (JsonElement row in told.Items("data"))
                {
                    yield return row.ValueKind == JsonValueKind.Array ? [.. row.EnumerateArray().Select(Text)] : throw NotAnAnswer("a row is no list");
                }

                if (next is null)
                {
                    Interlocked.Add(ref _bytesRead, told.Member("stats")?.Number("physicalInputBytes") ?? 0);
                }
                else if (clock.GetElapsedTime(began) > TimeSpan.FromMinutes(definition.Minutes))
                {
                    throw LakeEngineErrors.TookTooLong(Name, definition.Minutes);
                }

                page = next is null ? null : await SendAsync(next, null, login, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            if (next is not null)
            {
                await EndAsync(next, login).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    // A password that is refused may have been replaced since it was read.
    private async Task<(JsonElement Page, Login Login)> BeginAsync(string sql, CancellationToken cancel)
    {
        Uri address = new(definition.Url!, "/v1/statement");
        Login login = await LoginAsync(cancel).ConfigureAwait(false);
        try
        {
            return (await SendAsync(address, sql, login, cancel).ConfigureAwait(false), login);
        }
        catch (AcodeException refused) when (refused.Cause == FailureClass.Authentication && definition.Credential is not null)
        {
            credentials.Forget(definition.Credential);
            login = await LoginAsync(cancel).ConfigureAwait(false);
            return (await SendAsync(address, sql, login, cancel).ConfigureAwait(false), login);
        }
    }

    private async Task<Login> LoginAsync(CancellationToken cancel)
    {
        if (definition.Credential is not { } reference)
        {
            return new Login(Product, null);
        }

        if (definition.Url is { Scheme: "http", IsLoopback: false })
        {
            throw LakeEngineErrors.NotEncrypted(Name);
        }

        // One without a user is a token.
        Credential credential = await credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        return credential.UserName is { Length: > 0 } user
            ? new Login(user, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{credential.Password.Reveal()}"))))
            : new Login(Product, new AuthenticationHeaderValue("Bearer", credential.Password.Reveal()));
    }

    // A page may be asked for again: its address names it. A statement that may have begun is not posted twice.
    private async Task<JsonElement> SendAsync(Uri address, string? sql, Login login, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan wait = TimeSpan.FromMilliseconds(100);
            try
            {
                using CancellationTokenSource limit = new(Limit, clock);
                using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
                using HttpRequestMessage request = Request(sql is null ? HttpMethod.Get : HttpMethod.Post, address, login);
                request.Content = sql is null ? null : new StringContent(sql, Encoding.UTF8, "text/plain");
                using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return await ReadAsync(answer, both.Token).ConfigureAwait(false);
                }

                if (!IsPassing(answer.StatusCode) || attempt == Attempts)
                {
                    throw OfStatus((int)answer.StatusCode);
                }

                wait = answer.Headers.RetryAfter?.Delta is { } told && told < LongestWait ? told : wait;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                if (sql is not null || attempt == Attempts)
                {
                    throw LakeEngineErrors.NoAnswer(Name, e);
                }
            }

            await Task.Delay(wait * attempt, clock, cancel).ConfigureAwait(false);
        }
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        byte[] content = await BoundedBody.ReadAsync(await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), MostAnswerBytes, cancel).ConfigureAwait(false)
            ?? throw NotAnAnswer($"a page is longer than {MostAnswerBytes >> 20} MiB");
        try
        {
            using JsonDocument page = LegibleJson.Parse(content);
            return page.RootElement.Text("id") is not null ? page.RootElement.Clone() : throw NotAnAnswer("it is no query's page");
        }
        catch (JsonException)
        {
            throw NotAnAnswer("it is no JSON");
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address, Login login)
    {
        HttpRequestMessage request = new(method, address);
        request.Headers.TryAddWithoutValidation("X-Trino-User", login.User);
        request.Headers.TryAddWithoutValidation("X-Trino-Source", Product);
        request.Headers.TryAddWithoutValidation("X-Trino-Time-Zone", "UTC");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(Product, typeof(TrinoSession).Assembly.GetName().Version?.ToString(3)));
        request.Headers.Authorization = login.Header;
        return request;
    }

    // A coordinator behind a proxy that it does not know of names an address of its own: the password does not go there.
    private Uri? NextOf(JsonElement page)
    {
        if (page.Member("nextUri") is null)
        {
            return null;
        }

        return Uri.TryCreate(page.Text("nextUri"), UriKind.Absolute, out Uri? next)
            && (next.Scheme, next.Authority) == (definition.Url!.Scheme, definition.Url.Authority)
            ? next
            : throw NotAnAnswer("its pages are said to be at another address; a coordinator behind a proxy needs http-server.process-forwarded");
    }

    private async Task EndAsync(Uri next, Login login)
    {
        using CancellationTokenSource limit = new(EndLimit);
        try
        {
            using HttpRequestMessage request = Request(HttpMethod.Delete, next, login);
            using HttpResponseMessage ended = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // What has brought us here says more; a query that nobody follows ends by itself.
        }
    }

    // Source: "QueryError" of the protocol; names of "StandardErrorCode" of Trino's interface for plugins.
    private AcodeException Failure(JsonElement error)
    {
        string name = error.Text("errorName") ?? "";
        FailureClass cause = (name, error.Text("errorType")) switch
        {
            ("PERMISSION_DENIED", _) => FailureClass.Permission,
            ("TABLE_NOT_FOUND" or "SCHEMA_NOT_FOUND" or "CATALOG_NOT_FOUND" or "COLUMN_NOT_FOUND", _) => FailureClass.NotFound,
            ("EXCEEDED_TIME_LIMIT", _) => FailureClass.Timeout,
            (_, "INSUFFICIENT_RESOURCES") => FailureClass.Throttled,
            (_, "USER_ERROR") => FailureClass.InvalidInput,
            _ => FailureClass.ServerFault,
        };
        return LakeEngineErrors.Failed(Name, error.Text("message") ?? "", cause, name);
    }

    private AcodeException OfStatus(int status) => status switch
    {
        401 or 403 => LakeEngineErrors.Denied(Name, status),
        >= 500 or 429 => LakeEngineErrors.ServerFault(Name, status),
        _ => NotAnAnswer($"HTTP {status}"),
    };

    private AcodeException NotAnAnswer(string what) => LakeEngineErrors.NotAnAnswer(Name, what);

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests;

    private static string? Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetRawText(),
    };
}
