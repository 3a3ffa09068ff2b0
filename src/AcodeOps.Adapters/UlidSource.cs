using System.Security.Cryptography;

namespace AcodeOps.Adapters;

/// <summary>ULIDs from the system's random numbers, each greater than the one before.</summary>
internal sealed class UlidSource : IIdentifierSource
{
    private const int TimeBytes = 6;
    private readonly object _gate = new();
    private byte[] _last = new byte[16];

    /// <summary>One for the process and the system's clock, so that ids grow across sessions too.</summary>
    public static UlidSource OfThisProcess { get; } = new();

    /// <inheritdoc />
    public string Next(DateTimeOffset at)
    {
        byte[] next = Ulid.NewUlid(at, RandomNumberGenerator.GetBytes(16 - TimeBytes)).ToByteArray();
        lock (_gate)
        {
            if (next.AsSpan(0, TimeBytes).SequenceCompareTo(_last.AsSpan(0, TimeBytes)) <= 0)
            {
                next = Successor(_last);
            }

            _last = next;
            return new Ulid(next).ToString();
        }
    }

    private static byte[] Successor(byte[] id)
    {
        byte[] next = [.. id];
        for (int i = next.Length - 1; ++next[i] == 0; i--)
        {
        }

        return next;
    }
}
