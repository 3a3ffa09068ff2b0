namespace AcodeOps.Runbooks;

/// <summary>The entries of a run's journal, each with the very bytes in which it is kept.</summary>
internal sealed class JournalLines
{
    private readonly List<(JournalEntry Entry, byte[] Content)> _lines = [];

    /// <summary>How many there are.</summary>
    public int Count => _lines.Count;

    /// <summary>The entries, in order.</summary>
    public IEnumerable<JournalEntry> Entries => _lines.Select(line => line.Entry);

    /// <summary>
    /// Reads a journal. An entry replaces those from its number on that stand before it: they were written while the copy
    /// of another machine, which counts, was out of sight.
    /// </summary>
    /// <exception cref="FormatException">An entry cannot be read, or is missing.</exception>
    public static JournalLines Of(IEnumerable<byte[]> contents)
    {
        JournalLines lines = new();
        foreach (byte[] content in contents)
        {
            JournalEntry entry = JournalSerializer.Read<JournalEntry>(content);
            if (entry.Sequence < 1 || entry.Sequence > lines.Count + 1)
            {
                throw new FormatException($"Entry {lines.Count + 1} is missing.");
            }

            lines.Cut(entry.Sequence - 1);
            lines.Add(entry, content);
        }

        return lines;
    }

    /// <summary>Adds an entry.</summary>
    public void Add(JournalEntry entry, byte[] content) => _lines.Add((entry, content));

    /// <summary>An entry as it is kept, by its place from 0.</summary>
    public (JournalEntry Entry, byte[] Content) this[int index] => _lines[index];

    /// <summary>
    /// Brings this machine's entries into line with the stored ones, which count where they differ.
    /// </summary>
    /// <returns>The contents that were taken over, in order.</returns>
    public IReadOnlyList<byte[]> Follow(JournalLines stored)
    {
        int same = 0;
        while (same < Count && same < stored.Count && _lines[same].Content.AsSpan().SequenceEqual(stored._lines[same].Content))
        {
            same++;
        }

        if (same == stored.Count)
        {
            return [];
        }

        Cut(same);
        _lines.AddRange(stored._lines.Skip(same));
        return [.. stored._lines.Skip(same).Select(line => line.Content)];
    }

    private void Cut(int count) => _lines.RemoveRange(count, Count - count);
}
