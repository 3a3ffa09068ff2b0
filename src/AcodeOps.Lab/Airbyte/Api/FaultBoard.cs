using System.Text.Json;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The misbehaviour that was asked for, and how much of it is left.</summary>
internal sealed class FaultBoard(AirbyteStore store)
{
    private readonly Lock _gate = new();

    public IEnumerable<Fault> All => store.Faults.All;

    public Fault Add(Fault fault)
    {
        Fault added = fault with { Id = Guid.CreateVersion7() };
        store.Faults.Put(added);
        Record("set", added);
        return added;
    }

    public void Clear(Func<Fault, bool> which)
    {
        foreach (Fault fault in store.Faults.All.Where(which).ToList())
        {
            store.Faults.Remove(fault.Id.ToString());
            Record("cleared", fault);
        }
    }

    public Fault? TakeHttp(HttpRequest request) => Take(f => f.Kind == FaultKind.Http
        && request.Path.Value!.StartsWith(f.PathPrefix, StringComparison.OrdinalIgnoreCase)
        && (f.Method is null || string.Equals(f.Method, request.Method, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What the next attempt of a connection must suffer.</summary>
    public Fault? TakeJob(Guid connectionId) => Take(f =>
        f.Kind is FaultKind.JobHang or FaultKind.JobZeroRows or FaultKind.JobFail or FaultKind.JobSlow && (f.ConnectionId ?? connectionId) == connectionId);

    public bool IsUnreachable(Guid actorId) => Take(f => f.Kind == FaultKind.Unreachable && (f.ActorId ?? actorId) == actorId) is not null;

    private Fault? Take(Func<Fault, bool> fits)
    {
        lock (_gate)
        {
            Fault? fault = store.Faults.All.Where(fits).MinBy(f => f.Id);
            if (fault is { Remaining: int remaining })
            {
                if (remaining <= 1)
                {
                    store.Faults.Remove(fault.Id.ToString());
                }
                else
                {
                    store.Faults.Put(fault with { Remaining = remaining - 1 });
                }
            }

            if (fault is not null)
            {
                Record("struck", fault);
            }

            return fault;
        }
    }

    private void Record(string what, Fault fault) =>
        store.History.Write("fault", new() { ["what"] = what, ["fault"] = JsonSerializer.SerializeToNode(fault, StoreJson.Options) });
}
