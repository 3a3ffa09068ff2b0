namespace AcodeOps.Audit;

/// <summary>Sequence numbers from one to another, both included.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
public readonly record struct SequenceRange(long First, long Last)
{
    /// <summary>True when the number is one of them.</summary>
    public bool Contains(long sequence) => sequence >= First && sequence <= Last;

    /// <summary>Numbers as ranges.</summary>
    /// <param name="sequences">The numbers, growing.</param>
    public static IReadOnlyList<SequenceRange> Of(IEnumerable<long> sequences)
    {
        List<SequenceRange> ranges = [];
        foreach (long sequence in sequences)
        {
            if (ranges.Count > 0 && ranges[^1].Last == sequence - 1)
            {
                ranges[^1] = ranges[^1] with { Last = sequence };
            }
            else
            {
                ranges.Add(new(sequence, sequence));
            }
        }

        return ranges;
    }

    /// <inheritdoc />
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}
