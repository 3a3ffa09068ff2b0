using AcodeOps.Lab.Sinks;

namespace AcodeOps.Lab.Faults;

/// <summary>Receivers of notifications that refuse or dawdle.</summary>
internal static class SinkFaults
{
    public static IReadOnlyList<LabFault> All { get; } =
    [
        new("webhook-error", "[STATUS]", "the webhook answers with an error (500)",
            (lab, a, c) => lab.Services.SetWebhooksAsync(new WebhookBehavior(LabFaults.Number(a, 0, 500)), c), (lab, _, c) => lab.Services.SetWebhooksAsync(new WebhookBehavior(), c)),
        new("webhook-slow", "MILLISECONDS", "the webhook takes so long to answer",
            (lab, a, c) => lab.Services.SetWebhooksAsync(new WebhookBehavior(DelayMilliseconds: LabFaults.Number(a, 0, 10_000)), c),
            (lab, _, c) => lab.Services.SetWebhooksAsync(new WebhookBehavior(), c)),
    ];
}
