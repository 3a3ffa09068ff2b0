using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Sinks;

/// <summary>Takes any HTTP request (Slack, Datadog, PagerDuty speak so) and keeps it as a line of JSON.</summary>
public sealed class WebhookSink(string file)
{
    private readonly JsonLines _lines = new(file);

    public WebhookBehavior Behavior { get; set; } = new();

    public async Task AnswerAsync(HttpContext context)
    {
        WebhookBehavior behavior = Behavior;
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        _lines.Add(new ReceivedWebhook(
            DateTimeOffset.UtcNow,
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            body,
            behavior.StatusCode));
        await Task.Delay(behavior.DelayMilliseconds, context.RequestAborted);
        context.Response.StatusCode = behavior.StatusCode;
        await context.Response.WriteAsync(behavior.StatusCode < 300 ? "ok" : "the sink was told to refuse", context.RequestAborted);
    }
}
