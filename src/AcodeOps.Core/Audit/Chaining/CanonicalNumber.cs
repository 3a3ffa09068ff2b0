using System.Globalization;

namespace AcodeOps.Audit;

/// <summary>A number as ECMAScript writes it (ECMA-262, Number::toString): the fewest digits that read back as the same double.</summary>
internal static class CanonicalNumber
{
    // From here on ECMAScript writes an exponent.
    private const int MostDigitsBefore = 21;
    private const int MostZerosBehind = 6;

    /// <summary>The text.</summary>
    /// <exception cref="ArgumentException">It is no finite number.</exception>
    public static string Of(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentException("JSON cannot hold a number that is not finite.", nameof(number));
        }

        if (number == 0)
        {
            return "0";
        }

        // .NET's shortest digits are the same; where it writes the point and the exponent is not.
        string[] halves = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        string[] parts = halves[0].Split('.');
        int exponent = halves.Length == 2 ? int.Parse(halves[1], CultureInfo.InvariantCulture) : 0;
        string all = string.Concat(parts);
        string digits = all.TrimStart('0');
        int point = parts[0].Length - (all.Length - digits.Length) + exponent;
        return (number < 0 ? "-" : "") + Layout(digits.TrimEnd('0'), point);
    }

    // point: how many digits stand before it; negative for zeros behind it.
    private static string Layout(string digits, int point)
    {
        int count = digits.Length;
        if (point > 0 && point <= MostDigitsBefore)
        {
            return count <= point ? digits + new string('0', point - count) : $"{digits[..point]}.{digits[point..]}";
        }

        if (point <= 0 && point > -MostZerosBehind)
        {
            return $"0.{new string('0', -point)}{digits}";
        }

        string exponent = (point - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return count == 1 ? $"{digits}e{exponent}" : $"{digits[0]}.{digits[1..]}e{exponent}";
    }
}
