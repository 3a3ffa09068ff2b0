using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>The controls of the stand-in, under /lab and without authentication (the listener is on loopback only).</summary>
internal static class LabEndpoints
{
    public static void MapLab(this WebApplication app, AirbyteStore store, FaultBoard faults, AccessTokens tokens)
    {
        app.MapGet("/lab/settings", () => Json(store.Settings));
        app.MapPut("/lab/settings", (AirbyteSettings settings) => Json(store.Settings = settings));
        app.MapGet("/lab/faults", () => Json(faults.All.OrderBy(f => f.Id)));
        app.MapPost("/lab/faults", (Fault fault) => Json(faults.Add(fault)));
        app.MapDelete("/lab/faults", () => faults.Clear(_ => true));
        app.MapDelete("/lab/faults/{id:guid}", (Guid id) => faults.Clear(f => f.Id == id));
        app.MapPost("/lab/tokens/revoke", tokens.RevokeAll);
    }

    private static IResult Json(object value) => Results.Json(value, StoreJson.Options);
}
