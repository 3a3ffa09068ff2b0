using System.Net.Http.Headers;
using System.Text.Json;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Makes calls that need a credential. A 401 has changed nothing: it is answered with a fresh credential, once.</summary>
internal sealed class AirbyteCalls(AirbyteWire wire, AirbyteAccess access)
{
    public AirbyteErrors Errors => wire.Errors;

    /// <summary>The JSON of the answer.</summary>
    /// <exception cref="AcodeException">No answer, a refusal, or something that is no JSON.</exception>
    public async Task<JsonElement> AskAsync(AirbyteCall call, CancellationToken cancel) =>
        (await AnswerAsync(call, cancel).ConfigureAwait(false)).Json() ?? throw Errors.SomethingElse($"{call} does not answer with JSON");

    /// <summary>Makes a call whose success has nothing to tell.</summary>
    /// <exception cref="AcodeException">No answer, or a refusal.</exception>
    public Task TellAsync(AirbyteCall call, CancellationToken cancel) => AnswerAsync(call, cancel);

    /// <summary>The answer as a record.</summary>
    /// <exception cref="AcodeException">As above, or the answer lacks what makes the record.</exception>
    public async Task<T> AskAsync<T>(AirbyteCall call, Func<JsonElement, T?> toRecord, CancellationToken cancel) where T : class =>
        toRecord(await AskAsync(call, cancel).ConfigureAwait(false)) ?? throw Incomplete(call);

    /// <summary>The answer as a record; null when Airbyte has no such thing.</summary>
    public async Task<T?> FindAsync<T>(string path, Func<JsonElement, T?> toRecord, CancellationToken cancel) where T : class
    {
        try
        {
            return await AskAsync(new AirbyteCall(HttpMethod.Get, path), toRecord, cancel).ConfigureAwait(false);
        }
        catch (AcodeException failure) when (failure.Id == "AirbyteNotFound")
        {
            return null;
        }
    }

    /// <summary>The failure of an answer that leaves out what the API promises.</summary>
    public AcodeException Incomplete(AirbyteCall call) => Errors.SomethingElse($"{call} leaves out what the API promises");

    private async Task<AirbyteAnswer> AnswerAsync(AirbyteCall call, CancellationToken cancel)
    {
        AuthenticationHeaderValue? header = await access.HeaderAsync(cancel).ConfigureAwait(false);
        AirbyteAnswer answer = await SendAsync(call, header, cancel).ConfigureAwait(false);
        if ((int)answer.Status == 401 && await access.AnotherHeaderAsync(header, cancel).ConfigureAwait(false) is { } fresh)
        {
            header = fresh;
            answer = await SendAsync(call, header, cancel).ConfigureAwait(false);
        }

        return !answer.IsSuccess ? throw Errors.NoSuccess(answer, $"{call}", [header?.Parameter ?? "", .. call.Secrets])
            : answer.IsHtml ? throw Errors.SomethingElse($"{call} answers with a web page")
            : answer;
    }

    private Task<AirbyteAnswer> SendAsync(AirbyteCall call, AuthenticationHeaderValue? header, CancellationToken cancel)
    {
        return call.OnceWithin is { } once ? wire.AskOnceAsync(Request(), once, cancel)
            : call.Within is { } limit ? wire.AskAsync(Request, limit, cancel)
            : wire.AskAsync(Request, cancel);

        HttpRequestMessage Request()
        {
            HttpRequestMessage request = wire.Request(call.Method, call.Path);
            request.Headers.Authorization = header;
            if (call.Body is { } body)
            {
                request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
                request.Content.Headers.ContentType = new("application/json");
            }

            return request;
        }
    }
}
