using System.Globalization;
using System.Text;

namespace AcodeOps.Adapters.Tests.Fuzzing;

/// <summary>Random damage to what a parser is given; the seed is told, and <c>ACODE_TEST_SEED</c> repeats it.</summary>
internal sealed class Damaging
{
    // Of JSON: what stands for something else, is too large, too deep, or of another kind.
    private static readonly string[] Pieces =
    [
        "null", "true", "[]", "{}", "\"\"", "\"x\"", "-1", "0", "1e999", "-0.0", "99999999999999999999", "3.5", "\"\\u0000\"", "\"\\ud800\"", ",", ":", "{", "}", "[", "]", "\"",
        "\"9999-99-99T99:99Z\"", "\"PT99999999999H\"", "\"11111111-2222-4333-8444\"", "\u0001", "\uFEFF", "é",
    ];

    private readonly Random _random;

    public Damaging()
    {
        Seed = int.TryParse(Environment.GetEnvironmentVariable("ACODE_TEST_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        _random = new Random(Seed);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed} (set ACODE_TEST_SEED to repeat)");
    }

    public int Seed { get; }

    public int Next(int below) => _random.Next(below);

    /// <summary>A few bytes changed, cut, doubled or put in.</summary>
    public byte[] Bytes(byte[] content)
    {
        List<byte> damaged = [.. content];
        for (int changes = _random.Next(1, 4); changes > 0 && damaged.Count > 0; changes--)
        {
            int at = _random.Next(damaged.Count);
            int length = Math.Min(_random.Next(1, 9), damaged.Count - at);
            switch (_random.Next(6))
            {
                case 0:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                case 1:
                    damaged.RemoveRange(at, length);
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(at, length));
                    break;
                case 3:
                    damaged[at] = 0xFF;
                    break;
                default:
                    damaged[at] = (byte)(damaged[at] ^ (1 << _random.Next(8)));
                    break;
            }
        }

        return [.. damaged];
    }

    /// <summary>A text of JSON of which values are others, parts are missing, doubled or no JSON any more.</summary>
    public string Json(string text)
    {
        StringBuilder damaged = new(text);
        for (int changes = _random.Next(1, 4); changes > 0 && damaged.Length > 0; changes--)
        {
            int at = _random.Next(damaged.Length);
            switch (_random.Next(4))
            {
                case 0:
                    damaged.Remove(at, Math.Min(_random.Next(1, 30), damaged.Length - at));
                    break;
                case 1:
                    damaged.Insert(at, Pieces[_random.Next(Pieces.Length)]);
                    break;
                default:
                    ReplaceValue(damaged, at);
                    break;
            }
        }

        return damaged.ToString();
    }

    // What stands behind the next colon, up to where a value may end: mostly this leaves JSON, of another shape.
    private void ReplaceValue(StringBuilder text, int from)
    {
        string whole = text.ToString();
        int colon = whole.IndexOf("\":", from, StringComparison.Ordinal);
        if (colon < 0)
        {
            return;
        }

        int begin = colon + 2;
        int end = whole.IndexOfAny([',', '}', ']'], begin);
        if (end > begin)
        {
            text.Remove(begin, end - begin).Insert(begin, Pieces[_random.Next(Pieces.Length)]);
        }
    }
}
