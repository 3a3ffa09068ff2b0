using System.Text;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>Headers that let in: <c>Bearer …</c>, <c>Basic …</c>; and Docker's <c>"auth"</c>, which is the latter's base64.</summary>
internal sealed class AuthorizationRule : SecretRule
{
    private const int ShortestBearer = 16;
    private const int LongestBasic = 400;

    public override string Id => "Authorization";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "What authorizes a request";

    public override IReadOnlyList<string> Keywords { get; } = ["Bearer ", "Basic ", "\"auth\"", "_auth"];

    public override void Look(in Spot spot, MatchList matches)
    {
        int at = spot.At + spot.Length;
        while (spot[at] is ' ' or ':' or '=' or '"')
        {
            at++;
        }

        int end = at;
        while (end < spot.LineEnd && (char.IsAsciiLetterOrDigit(spot[end]) || spot[end] is '+' or '/' or '=' or '-' or '_' or '.' or '~'))
        {
            end++;
        }

        ReadOnlySpan<char> value = spot.Text[at..end];
        bool isBearer = spot.Text[spot.At] is 'B' or 'b' && spot.Text[spot.At + 1] is 'e' or 'E';
        if (isBearer ? value.Length >= ShortestBearer && Randomness.IsToken(value) && !Placeholders.IsOne(value) : IsLogin(value))
        {
            matches.Add(this, spot, at, value.Length);
        }
    }

    /// <summary>True for base64 of <c>user:password</c>.</summary>
    public static bool IsLogin(ReadOnlySpan<char> value)
    {
        Span<byte> bytes = stackalloc byte[LongestBasic];
        if (value.Length is < 8 or > LongestBasic || !Convert.TryFromBase64Chars(value, bytes, out int length))
        {
            return false;
        }

        string login = Encoding.UTF8.GetString(bytes[..length]);
        int colon = login.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < login.Length - 1 && login.All(c => !char.IsControl(c) && c != '\uFFFD') && !Placeholders.IsOne(login.AsSpan(colon + 1));
    }
}
