using System.Buffers;
using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning.Formats;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>Passwords on the command lines of programs, each by that program's own option.</summary>
internal sealed class CommandRule : SecretRule
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\"'`|;>)");

    public override string Id => "CommandPassword";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "A password on a command line";

    public override IReadOnlyList<string> Keywords { get; } = [.. CommandOptions.All.Select(option => option.Program).Distinct()];

    public override void Look(in Spot spot, MatchList matches)
    {
        int before = spot.At - 1;
        if (spot.At > spot.LineStart && (char.IsLetterOrDigit(spot[before]) || spot[before] is '_' or '-' or '.'))
        {
            return;
        }

        ReadOnlySpan<char> program = spot.Text.Slice(spot.At, spot.Length);
        foreach (CommandOption option in CommandOptions.All)
        {
            if (program.Equals(option.Program, StringComparison.OrdinalIgnoreCase))
            {
                Look(spot, option, matches);
            }
        }
    }

    private void Look(in Spot spot, CommandOption option, MatchList matches)
    {
        ReadOnlySpan<char> rest = spot.Rest;
        int command = rest.IndexOfAny('|', ';');
        foreach (ValueMatch found in option.Form.EnumerateMatches(command < 0 ? rest : rest[..command]))
        {
            int start = spot.At + spot.Length + found.Index + found.Length;
            char quote = spot[start] is '"' or '\'' ? spot[start] : ' ';
            start += quote == ' ' ? 0 : 1;
            ReadOnlySpan<char> after = spot.Text[start..spot.LineEnd];
            int end = quote == ' ' ? after.IndexOfAny(Ends) : after.IndexOf(quote);
            ReadOnlySpan<char> value = end < 0 ? after : after[..end];
            int colon = option.IsLogin ? value.IndexOfAny(':', ',') : -1;
            if (option.IsLogin && colon <= 0)
            {
                continue;
            }

            start += colon + 1;
            value = value[(colon + 1)..];
            if (value.Length >= 3 && value[0] is not ('-' or '$' or '%' or '<') && !Placeholders.IsOne(value) && !IsAddress(option, spot, start, value))
            {
                matches.Add(this, spot, start, value.Length, option.Program);
            }
        }
    }

    // mysql -phost: the option of a port, of curl's -u in another program's line.
    private static bool IsAddress(CommandOption option, in Spot spot, int start, ReadOnlySpan<char> value) =>
        (!option.IsLogin && option.IsAttached && value[0] is '/' or '.') || (option.IsLogin && value.IndexOf("//") == 0) || spot[start + value.Length] == '(';
}
