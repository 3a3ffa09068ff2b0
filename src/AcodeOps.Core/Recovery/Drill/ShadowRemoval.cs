using System.Collections.Concurrent;
using System.Globalization;
using AcodeOps.Routing.Steps;
using AcodeOps.Runbooks;

namespace AcodeOps.Recovery.Drill;

/// <summary>Removes what a rehearsal has made, and nothing else: its connection by its name, its objects by the mark in their keys. Can be done again.</summary>
internal sealed class ShadowRemoval(StepContext context, ShadowRoute shadow, IObjectStore store)
{
    /// <summary>The fact that keeps how far the clean-up is.</summary>
    public const string CleanUp = "drill_clean_up";

    // What was under way when it was looked for comes late: a connection whose answer was lost, an object of a job that had just ended.
    private const int MostRounds = 3;
    private const int DeletesAtOnce = 8;
    private static readonly TimeSpan CancelLimit = TimeSpan.FromSeconds(90);

    /// <summary>The connections of the rehearsal: one, or two where the answer of the first creation was lost for long.</summary>
    public static Task<List<Connection>> FindAsync(StepContext context, ShadowRoute shadow, CancellationToken cancel) => context.PersistAsync(
        async c =>
        {
            List<Connection> found = [];
            await foreach (Connection connection in context.Installation.Airbyte.ListConnectionsAsync(c).ConfigureAwait(false))
            {
                if (connection.Name == shadow.ConnectionName && connection.Prefix == shadow.Prefix && connection.Status != ConnectionStatus.Deprecated)
                {
                    found.Add(connection);
                }
            }

            return found;
        },
        cancel);

    /// <summary>Ends the rehearsal's sync where one runs, and deletes its connection.</summary>
    public async Task RemoveConnectionAsync(CancellationToken cancel)
    {
        for (int round = 0; await FindAsync(context, shadow, cancel).ConfigureAwait(false) is { Count: > 0 } found; round++)
        {
            if (round == MostRounds)
            {
                throw new AcodeException("DrillConnectionLeft", FailureClass.ServerFault, $"Airbyte shows '{found[0].Name}' although it was deleted.")
                {
                    Advice = $"Look at it in Airbyte, then Undo-AcodeRunbook {context.RunId} removes it.",
                    Subject = found[0],
                };
            }

            foreach (Connection connection in found)
            {
                // Deleted before it has ended, its sync would go on writing unseen.
                if (await context.NewestSyncAsync(connection.ConnectionId, cancel).ConfigureAwait(false) is { IsTerminal: false } running)
                {
                    context.Tell($"{await context.CancelAsync(running, CancelLimit, cancel).ConfigureAwait(false)}");
                }

                await context.PersistAsync(c => context.Installation.Airbyte.DeleteConnectionAsync(connection.ConnectionId, c), cancel).ConfigureAwait(false);
                context.Tell($"'{connection.Name}' is deleted");
            }
        }
    }

    /// <summary>Deletes the rehearsal's objects for good. Where nothing may ever be deleted they stay, and are told.</summary>
    /// <exception cref="AcodeException"><c>DrillObjectsLeft</c>: some could not be deleted; all others are.</exception>
    public async Task RemoveObjectsAsync(CancellationToken cancel)
    {
        ConcurrentDictionary<string, AcodeException> left = new(StringComparer.Ordinal);
        int removed = context.Facts.Get<DrillCleanUp>(CleanUp)?.Removed ?? 0;
        for (int round = 0; round < MostRounds; round++)
        {
            List<string> keys = [.. (await ListAsync(cancel).ConfigureAwait(false)).Where(key => !left.ContainsKey(key))];
            if (keys.Count == 0)
            {
                break;
            }

            await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancel }, async (key, stop) =>
            {
                if (await RefusalAsync(key, stop).ConfigureAwait(false) is { } refusal)
                {
                    left[key] = refusal;
                }
            }).ConfigureAwait(false);
            removed += keys.Count(key => !left.ContainsKey(key));
            context.Report(string.Create(CultureInfo.InvariantCulture, $"{removed:N0} objects are deleted"));
        }

        DrillCleanUp cleanUp = new() { IsDone = true, Removed = removed, Left = [.. left.Keys.Order(StringComparer.Ordinal)] };
        context.Facts.Set(CleanUp, cleanUp);
        context.Tell(string.Create(CultureInfo.InvariantCulture, $"{removed:N0} objects of the drill are deleted"));
        if (left.IsEmpty)
        {
            return;
        }

        foreach (string key in cleanUp.Left)
        {
            context.Tell($"left: {key} ({left[key].Message})");
        }

        if (store.Definition.Role.IsKept() && left.Values.All(refusal => refusal.Cause == FailureClass.Permission))
        {
            context.Tell($"they stay, since nothing may be deleted in the {store.Definition}");
            return;
        }

        AcodeException first = left[cleanUp.Left[0]];
        throw new AcodeException("DrillObjectsLeft", first.Cause, $"{left.Count} objects of the drill could not be deleted in bucket '{store.Definition.Bucket}', the first of them '{cleanUp.Left[0]}'. {first.Message}", first)
        {
            Advice = $"Let the credential delete below {string.Join(", ", shadow.Folders(context.Now))}, then Undo-AcodeRunbook {context.RunId} removes the rest.",
            Subject = cleanUp,
        };
    }

    /// <summary>True when no connection and no object of the rehearsal is left, but for what has to stay.</summary>
    public async Task<bool> IsDoneAsync(CancellationToken cancel)
    {
        IReadOnlyList<string> staying = store.Definition.Role.IsKept() ? context.Facts.Get<DrillCleanUp>(CleanUp)?.Left ?? [] : [];
        return (await FindAsync(context, shadow, cancel).ConfigureAwait(false)).Count == 0 && !(await ListAsync(cancel).ConfigureAwait(false)).Except(staying).Any();
    }

    private Task<List<string>> ListAsync(CancellationToken cancel) => context.PersistAsync(
        async c =>
        {
            List<string> keys = [];
            foreach (string folder in shadow.Folders(context.Now))
            {
                await foreach (StoredObject stored in store.ListAsync(folder, cancel: c).ConfigureAwait(false))
                {
                    keys.Add(stored.Key);
                }
            }

            // Nothing without the mark is ever deleted, whatever a server lists.
            return keys.Where(key => key.Contains(shadow.Mark, StringComparison.Ordinal)).Distinct().ToList();
        },
        cancel);

    private async Task<AcodeException?> RefusalAsync(string key, CancellationToken cancel)
    {
        try
        {
            if (!await context.PersistAsync(c => store.PurgeAsync(key, c), cancel).ConfigureAwait(false))
            {
                context.Report($"Old versions of {key} stay: the bucket keeps them, and the credential may not delete them");
            }

            return null;
        }
        catch (AcodeException refusal) when (!refusal.Cause.IsOutage())
        {
            return refusal;
        }
    }
}
