using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Adapters.Tests.Runbooks;

/// <summary>A runbook of one step, which does what a test tells it to.</summary>
internal sealed class SwitchRunbook(Func<CancellationToken, Task> act) : Runbook
{
    public override string Name => "switch";

    public override string Title => "Turn a switch";

    public override object Plan => "one switch";

    public override JsonNode PlanJson => new JsonObject();

    public override IReadOnlyList<RunbookStep> Steps { get; } = [new Turn(act)];

    public override AuditEventType EventType => AuditEventType.ConfigurationChanged;

    private sealed class Turn(Func<CancellationToken, Task> act) : RunbookStep
    {
        private bool _isOn;

        public override string Name => "turn";

        public override string Title => "Turn it";

        public override async Task ActAsync(StepContext context, CancellationToken cancel)
        {
            await act(cancel);
            _isOn = true;
        }

        public override Task<bool> VerifyAsync(StepContext context, CancellationToken cancel) => Task.FromResult(_isOn);
    }
}
