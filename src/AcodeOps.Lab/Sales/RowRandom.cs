namespace AcodeOps.Lab.Sales;

/// <summary>Random numbers that belong to one row: any row can be made alone, in any order, and is always the same.</summary>
internal struct RowRandom(int seed, int table, long row)
{
    private ulong _state = ((ulong)(uint)seed << 32) ^ ((ulong)(uint)table << 56) ^ (ulong)row;

    /// <summary>From 0 up to, not including, the limit.</summary>
    public int Next(int limit) => (int)(Next() % (ulong)limit);

    public long Next(long limit) => (long)(Next() % (ulong)limit);

    public bool Chance(int inThousand) => Next(1000) < inThousand;

    // SplitMix64
    private ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
