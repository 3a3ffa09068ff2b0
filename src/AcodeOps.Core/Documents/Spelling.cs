namespace AcodeOps.Documents;

/// <summary>Guesses the word that was meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 40;

    /// <summary>The known word nearest to what was written; null when none is near enough to be meant.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length > LongestWord)
        {
            return null;
        }

        string folded = Fold(written);
        return known
            .Select(word => (Word: word, Distance: Distance(folded, Fold(word))))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Min(written.Length, candidate.Word.Length) / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    // time_zone, time-zone and TimeZone all mean timeZone.
    private static string Fold(string word) =>
        word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>How many letters have to be changed, added, left out or swapped with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
