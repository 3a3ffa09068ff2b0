using System.Globalization;
using System.Text;

namespace AcodeOps.Adapters;

/// <summary>
/// Text that a server sent, made fit to be shown: a log line or a terminal must not be steered by what somebody else's
/// server says, and a whole error page is no message.
/// </summary>
internal static class ServerText
{
    /// <summary>The text on one line, without control and invisible characters, at most <paramref name="limit"/> characters.</summary>
    public static string Shown(string text, int limit = 200)
    {
        StringBuilder shown = new();
        bool isGap = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= limit)
            {
                return shown.Append('…').ToString();
            }

            if (IsHidden(rune))
            {
                isGap = true;
                continue;
            }

            if (isGap && shown.Length > 0)
            {
                shown.Append(' ');
            }

            isGap = false;
            shown.Append(rune);
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned;
}
