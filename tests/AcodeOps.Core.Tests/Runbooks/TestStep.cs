using AcodeOps.Audit;
using AcodeOps.Runbooks;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>A step that turns on one switch of the world; a test may get in its way at any of its parts.</summary>
internal sealed class TestStep(string name, World world) : RunbookStep
{
    public override string Name => name;

    public override string Title => $"Turn on {name}";

    public override TimeSpan Timeout => TimeSpan.FromSeconds(30);

    public bool Looks { get; init; }

    public bool Proves { get; init; }

    public override bool Mutates => !Looks && !Proves;

    public override bool IsProof => Proves;

    /// <summary>Runs at the begin of each part: <c>check one</c>, <c>act one</c>, <c>acted one</c>, <c>verify one</c>, <c>undo one</c>.</summary>
    public Func<string, CancellationToken, Task> At { get; init; } = (_, _) => Task.CompletedTask;

    public override AuditEvent? Audit(StepContext context) => Mutates
        ? new AuditEvent { EventType = AuditEventType.ConnectionModified, Subject = name, Details = new Dictionary<string, object?> { ["was_on"] = context.Facts.Get<bool?>($"{name}.before") } }
        : null;

    public override Task CheckAsync(StepContext context, CancellationToken cancel) => At($"check {name}", cancel);

    public override Task PrepareAsync(StepContext context, CancellationToken cancel)
    {
        Assert.False(context.Facts.Has($"{name}.before"), "prepared twice");
        context.Facts.Set($"{name}.before", world.IsOn(name));
        return At($"prepare {name}", cancel);
    }

    public override async Task ActAsync(StepContext context, CancellationToken cancel)
    {
        await At($"act {name}", cancel);
        if (Mutates)
        {
            world.Turn(name, on: true);
            context.Facts.Set($"{name}.job", 42);
            await context.SaveAsync(cancel);
        }

        context.Report("half", 50);
        context.Tell($"{name} is on.");
        await At($"acted {name}", cancel);
    }

    public override async Task<bool> VerifyAsync(StepContext context, CancellationToken cancel)
    {
        await At($"verify {name}", cancel);
        return !Mutates || world.IsOn(name);
    }

    public override async Task UndoAsync(StepContext context, CancellationToken cancel)
    {
        await At($"undo {name}", cancel);
        if (Mutates && !context.Facts.Get<bool>($"{name}.before"))
        {
            world.Turn(name, on: false);
        }
    }
}
