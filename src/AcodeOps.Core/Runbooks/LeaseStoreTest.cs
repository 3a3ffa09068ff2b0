using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AcodeOps.Runbooks;

/// <summary>
/// Tries on a storage what the lease relies on: that of several writers of a new object exactly one wins, and that a
/// write over another version than the one that was read is refused. Not every server that speaks S3 does so.
/// </summary>
internal sealed class LeaseStoreTest(IObjectStore storage, string key)
{
    private const int Rounds = 2;

    // Servers other than AWS's own may hold such conditions only where no old versions are kept: two writers win now and then, and a round or two may not show it.
    private const int DoubtfulRounds = 16;
    private const int Writers = 8;
    private const int MaxFailures = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly ConditionalWeakTable<IObjectStore, object> Passed = [];

    /// <summary>Returns when the storage can hold a lease. A storage that has passed is not tested again.</summary>
    /// <exception cref="AcodeException"><c>LeaseStoreUnsafe</c>; or why the storage does not answer.</exception>
    public static async Task PassAsync(IInstallation installation, IObjectStore storage, CancellationToken cancel)
    {
        if (Passed.TryGetValue(storage, out _))
        {
            return;
        }

        BucketTraits traits = await storage.ReadTraitsAsync(cancel).ConfigureAwait(false);
        if (traits.LocksByDefault == true)
        {
            throw Unsafe(storage, "Its bucket locks every object by default: each renewal would leave one that cannot be deleted.");
        }

        bool isDoubtful = installation.Environment.Aws.Endpoints.S3 is not null && traits.HasVersioning != false;
        int rounds = isDoubtful ? DoubtfulRounds : Rounds, failures = 0;
        for (int passed = 0; passed < rounds;)
        {
            string key = $"{storage.Definition.Prefix}acode_lease_probe/{installation.Identifiers.Next(installation.Clock.GetUtcNow())}";
            try
            {
                await new LeaseStoreTest(storage, key).RunAsync(cancel).ConfigureAwait(false);
                passed++;
            }
            catch (AcodeException e) when (failures < MaxFailures && (e.Cause.IsOutage() || e.Cause == FailureClass.Throttled))
            {
                // A write without an answer proves nothing either way: once more, on another object.
                await Task.Delay(Pause * ++failures, installation.Clock, cancel).ConfigureAwait(false);
            }
        }

        Passed.AddOrUpdate(storage, storage);
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            string?[] tags = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => WriteAsync(n, new PutOptions { IfAbsent = true }, cancel))).ConfigureAwait(false);
            string[] winners = [.. tags.OfType<string>()];
            if (winners.Length != 1)
            {
                throw Unsafe(storage, winners.Length == 0
                    ? "It refused every one of several writers of a new object."
                    : $"It let {winners.Length} of {Writers} writers of one new object win.");
            }

            if (await WriteAsync(Writers, new PutOptions { IfAbsent = true }, cancel).ConfigureAwait(false) is not null)
            {
                throw Unsafe(storage, "It wrote over an object although it was to write only if there was none.");
            }

            if (await WriteAsync(Writers + 1, new PutOptions { IfMatch = new string('0', 32) }, cancel).ConfigureAwait(false) is not null)
            {
                throw Unsafe(storage, "It wrote over another version than the one named.");
            }

            if (await WriteAsync(Writers + 2, new PutOptions { IfMatch = winners[0] }, cancel).ConfigureAwait(false) is null)
            {
                throw Unsafe(storage, "It refused to write over the very version that was named.");
            }
        }
        finally
        {
            await CleanUpAsync(cancel).ConfigureAwait(false);
        }
    }

    private async Task<string?> WriteAsync(int writer, PutOptions options, CancellationToken cancel)
    {
        try
        {
            return await storage.PutAsync(key, Encoding.ASCII.GetBytes(writer.ToString(CultureInfo.InvariantCulture)), options, cancel).ConfigureAwait(false);
        }
        catch (AcodeException e) when (e.Cause == FailureClass.Conflict)
        {
            return null;
        }
    }

    // A probe object that stays is of a few bytes, and in nobody's way.
    private async Task CleanUpAsync(CancellationToken cancel)
    {
        try
        {
            await storage.PurgeAsync(key, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AcodeException or OperationCanceledException)
        {
        }
    }

    private static AcodeException Unsafe(IObjectStore storage, string why) => new(
        "LeaseStoreUnsafe", FailureClass.Refused, $"The {storage.Definition} cannot hold the lease. {why}")
    {
        Advice = "Name another storage at failover.leaseStorage: a bucket without versions and without Object Lock.",
        Subject = storage.Definition,
    };
}
