using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AcodeOps.Notifications;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Notifications;

/// <summary>
/// Posts notifications over HTTP: bounded in time and size, never led to another host. A channel's address and key are
/// secrets: failures name the host alone.
/// </summary>
internal sealed class HttpNotifier(ICredentialStore credentials, TimeProvider clock) : INotifier, IDisposable
{
    private const int MostAnswerBytes = 4096;

    /// <summary>How bodies are written: as they will be read, not as a browser would need them.</summary>
    internal static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = OutgoingHttp.Open();

    /// <summary>The longest that one request may take; 5 s unless said otherwise.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task SendAsync(NotificationDefinition channel, Notification notification, CancellationToken cancel)
    {
        SecretText? secret = channel.Credential is { } reference ? (await credentials.ReadAsync(reference, cancel).ConfigureAwait(false)).Password : null;
        try
        {
            await PostAsync(channel, notification, secret, cancel).ConfigureAwait(false);
        }
        catch (AcodeException refusal) when (IsRefusal(refusal.Cause))
        {
            // The address or the key may have been changed since it was read.
            if (await ChangedAsync(channel.Credential, secret, cancel).ConfigureAwait(false) is not { } changed)
            {
                throw;
            }

            await PostAsync(channel, notification, changed, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsRefusal(FailureClass cause) =>
        cause is FailureClass.Authentication or FailureClass.Permission or FailureClass.NotFound or FailureClass.InvalidInput;

    private async Task<SecretText?> ChangedAsync(CredentialReference? reference, SecretText? secret, CancellationToken cancel)
    {
        if (reference is null)
        {
            return null;
        }

        try
        {
            SecretText present = (await credentials.RefreshAsync(reference, cancel).ConfigureAwait(false)).Password;
            return present.Reveal() == secret?.Reveal() ? null : present;
        }
        catch (AcodeException)
        {
            // The refusal is what the operator needs to hear.
            return null;
        }
    }

    private async Task PostAsync(NotificationDefinition channel, Notification notification, SecretText? secret, CancellationToken cancel)
    {
        ChannelForm form = ChannelForms.Of(channel.Kind);
        Uri address = form.Address(channel, secret) is { Scheme: "http" or "https" } found ? found : throw ChannelErrors.NoAddress(channel);
        ChannelErrors errors = new(channel, address, secret);

        // On the way to somebody else's machine, what is a secret must not be read by others.
        if (secret is not null && address is { Scheme: "http", IsLoopback: false } && channel.Kind != NotificationChannelKind.Webhook)
        {
            throw errors.NotEncrypted();
        }

        using CancellationTokenSource limit = new(Limit, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using HttpRequestMessage request = Request(form, address, notification, secret);
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw errors.NoSuccess(answer.StatusCode, RetryAfter(answer), await BeginAsync(answer.Content, both.Token).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw errors.NoAnswer(e);
        }
    }

    private static HttpRequestMessage Request(ChannelForm form, Uri address, Notification notification, SecretText? secret)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address)
        {
            Content = new StringContent(form.Body(notification, secret).ToJsonString(Json), Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("AcodeOps", typeof(HttpNotifier).Assembly.GetName().Version?.ToString(3)));
        if (form.Header(notification) is { } header)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return request;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } at } when at > clock.GetUtcNow() => at - clock.GetUtcNow(),
        _ => null,
    };

    // Whatever the server says, its first words are enough.
    private static async Task<string> BeginAsync(HttpContent content, CancellationToken cancel)
    {
        using Stream stream = await content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        byte[] begin = new byte[MostAnswerBytes];
        int read = await stream.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        return Encoding.UTF8.GetString(begin, 0, read);
    }
}
