using System.Text.Json.Nodes;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>Looks, turns on one, two and three, and waits for a proof.</summary>
internal sealed class TestRunbook : Runbook
{
    public const string AloneName = "alone";

    public TestRunbook(World world, Func<string, CancellationToken, Task> at, string name = "test") => (Name, Steps) = (name,
    [
        new TestStep("look", world) { Looks = true, At = at },
        new TestStep("one", world) { At = at },
        new TestStep("two", world) { At = at },
        new TestStep("three", world) { At = at },
        new TestStep("proof", world) { Proves = true, At = at },
    ]);

    public override string Name { get; }

    public override string Title => "Turn on everything";

    public override object Plan => "one, two, three";

    public override JsonNode PlanJson => new JsonObject { ["switches"] = 3 };

    public override IReadOnlyList<RunbookStep> Steps { get; }

    public override AuditEventType EventType => AuditEventType.FailoverExecuted;

    public override bool StepsStandAlone => Name == AloneName;

    public override object? Result(StepFacts facts) => facts.Has("three.job") ? "all are on" : null;

    /// <summary>Builds it again.</summary>
    public sealed class Kind(World world, Func<string, CancellationToken, Task> at) : RunbookKind
    {
        public override string Name => "test";

        public override Runbook Rebuild(JsonNode plan) =>
            plan["switches"] is JsonValue switches && switches.TryGetValue(out int number) && number == 3 ? new TestRunbook(world, at) : throw new FormatException("Another number of switches.");
    }

    /// <summary>Builds it again, of a kind whose steps stand alone.</summary>
    public sealed class AloneKind(World world, Func<string, CancellationToken, Task> at) : RunbookKind
    {
        public override string Name => AloneName;

        public override Runbook Rebuild(JsonNode plan) => new TestRunbook(world, at, Name);
    }

    /// <summary>Builds it again, of a kind that is in nobody's way.</summary>
    public sealed class RehearsalKind(World world, Func<string, CancellationToken, Task> at) : RunbookKind
    {
        public override string Name => "rehearsal";

        public override bool IsInTheWayOf(string runbook) => false;

        public override Runbook Rebuild(JsonNode plan) => new TestRunbook(world, at, Name);
    }
}
