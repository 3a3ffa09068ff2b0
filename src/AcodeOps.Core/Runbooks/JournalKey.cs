using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Runbooks;

/// <summary>
/// The name of a journal entry's copy, below the audit storage's prefix:
/// <c>acode_runbooks/2026/11/24/01KAT…/0003_step_started.json</c>. So a listing alone tells where a run stands.
/// </summary>
/// <param name="RunId">The run; the day is that of its id.</param>
/// <param name="Sequence">The entry's number.</param>
/// <param name="Kind">What the entry says.</param>
internal sealed partial record JournalKey(string RunId, int Sequence, JournalEntryKind Kind)
{
    private const string Root = "acode_runbooks/";
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int TimeDigits = 10;

    private static readonly Dictionary<string, JournalEntryKind> Kinds = Enum.GetValues<JournalEntryKind>().ToDictionary(JournalSerializer.NameOf);

    /// <summary>When the run began, as its id tells; null for what is no id of a run.</summary>
    public static DateTimeOffset? TimeOf(string runId)
    {
        if (!RunIdForm().IsMatch(runId))
        {
            return null;
        }

        long milliseconds = runId.Take(TimeDigits).Aggregate(0L, (sum, digit) => (sum * Digits.Length) + Digits.IndexOf(digit, StringComparison.Ordinal));
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    /// <summary>The folder of the runs that began on a day, UTC.</summary>
    public static string DayPrefix(DateOnly day) => Root + day.ToString("yyyy'/'MM'/'dd'/'", CultureInfo.InvariantCulture);

    /// <summary>The folder of a run's entries.</summary>
    public static string RunPrefix(string runId) => $"{DayPrefix(DateOnly.FromDateTime(TimeOf(runId)!.Value.UtcDateTime))}{runId}/";

    /// <summary>Reads a key (without the storage's prefix); null when it names no entry.</summary>
    public static JournalKey? TryParse(string key)
    {
        Match match = Layout().Match(key);
        return match.Success && Kinds.TryGetValue(match.Groups["kind"].Value, out JournalEntryKind kind)
            ? new JournalKey(match.Groups["run"].Value, int.Parse(match.Groups["sequence"].Value, CultureInfo.InvariantCulture), kind)
            : null;
    }

    /// <summary>What the keys of all entries at this place of the run start with, whatever they say.</summary>
    public string PlacePrefix => string.Create(CultureInfo.InvariantCulture, $"{RunPrefix(RunId)}{Sequence:0000}_");

    /// <summary>The key, without the storage's prefix.</summary>
    public override string ToString() => $"{PlacePrefix}{JournalSerializer.NameOf(Kind)}.json";

    // A first digit beyond 6 stands for a time after the year 9999.
    [GeneratedRegex("^[0-6][0-9A-HJKMNP-TV-Z]{25}$")]
    private static partial Regex RunIdForm();

    [GeneratedRegex(@"^acode_runbooks/\d{4}/\d{2}/\d{2}/(?<run>[0-6][0-9A-HJKMNP-TV-Z]{25})/(?<sequence>\d{4,9})_(?<kind>[a-z_]+)\.json$")]
    private static partial Regex Layout();
}
