using System.Globalization;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Sinks;
using Microsoft.AspNetCore.Http;
using MySqlConnector;

namespace AcodeOps.Lab.Servers.Services;

/// <summary>The HTTP calls by which a lab's faults are switched that need a process to hold them.</summary>
internal sealed class FaultDoor(string labFolder, FaultProxy storage, WebhookSink webhooks) : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Dictionary<int, IDisposable> _blackHoles = [];
    private MySqlConnection? _lock;

    public async Task AnswerAsync(HttpContext context)
    {
        await _oneAtATime.WaitAsync(context.RequestAborted);
        try
        {
            await AnswerAsync(context.Request, context.RequestAborted);
            await context.Response.WriteAsync("ok", context.RequestAborted);
        }
        catch (Exception e) when (e is LabException or MySqlException or System.Net.Sockets.SocketException)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync(e.Message, context.RequestAborted);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IDisposable hole in _blackHoles.Values)
        {
            hole.Dispose();
        }

        await ReleaseAsync();
        _oneAtATime.Dispose();
    }

    private async Task AnswerAsync(HttpRequest request, CancellationToken cancel)
    {
        string[] path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (path)
        {
            case ["lab", "health"]:
                break;
            case ["lab", "storage"]:
                storage.Behavior = (await request.ReadFromJsonAsync<ProxyBehavior>(cancel))!;
                break;
            case ["lab", "webhooks"]:
                webhooks.Behavior = (await request.ReadFromJsonAsync<WebhookBehavior>(cancel))!;
                break;
            case ["lab", "replica-lock"]:
                await LockAsync(await request.ReadFromJsonAsync<bool>(cancel), cancel);
                break;
            case ["lab", "black-hole", var port]:
                await BlackHoleAsync(int.Parse(port, CultureInfo.InvariantCulture), await request.ReadFromJsonAsync<string>(cancel), cancel);
                break;
            default:
                throw new LabException($"there is nothing at {request.Path}");
        }
    }

    // The lock lives as long as its connection.
    private async Task LockAsync(bool locked, CancellationToken cancel)
    {
        await ReleaseAsync();
        if (locked)
        {
            _lock = await LabSite.Attach(labFolder).Databases.Replica.OpenAsync(cancel);
            await using MySqlCommand command = new("SET SESSION wait_timeout=604800; FLUSH TABLES WITH READ LOCK", _lock);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private async Task ReleaseAsync()
    {
        if (_lock is not null)
        {
            await _lock.DisposeAsync();
            _lock = null;
        }
    }

    private async Task BlackHoleAsync(int port, string? kind, CancellationToken cancel)
    {
        if (_blackHoles.Remove(port, out IDisposable? hole))
        {
            hole.Dispose();
        }

        if (kind != "none")
        {
            _blackHoles[port] = kind == "deaf" ? await DeafListener.StartAsync(port, cancel) : new SilentListener(port);
        }
    }
}
