using System.Globalization;
using System.Text;
using System.Text.Json;
using AcodeOps.Audit;

namespace AcodeOps.Core.Tests.Audit.Chaining;

/// <summary>Against the samples of RFC 8785.</summary>
public sealed class CanonicalJsonTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_written_as_in_the_appendix(ulong bits, string expected) =>
        Assert.Equal(expected, Text(CanonicalJson.Write(BitConverter.UInt64BitsToDouble(bits))));

    [Fact]
    public void Numbers_read_back_as_themselves()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int i = 0; i < 20_000; i++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
            {
                string text = Text(CanonicalJson.Write(number));
                Assert.True(double.Parse(text, CultureInfo.InvariantCulture) == number, $"{text}, seed {seed}");
            }
        }
    }

    [Fact]
    public void Names_are_in_the_order_of_their_code_units_and_text_has_the_fewest_escapes()
    {
        const string sample = """
            { "€": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "😀": "Emoji: Grinning Face", "\u0080": "Control", "ö": "Latin Small Letter O With Diaeresis" }
            """;
        using JsonDocument document = JsonDocument.Parse(sample);

        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
            Text(CanonicalJson.Write(document.RootElement)));
    }

    [Fact]
    public void The_sample_of_the_specification_comes_out_to_the_byte()
    {
        const string sample = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        using JsonDocument document = JsonDocument.Parse(sample);

        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            Text(CanonicalJson.Write(document.RootElement)));
    }

    [Fact]
    public void What_was_written_is_canonical_also_when_read_from_another_layout()
    {
        Dictionary<string, object?> value = new() { ["b"] = new List<object?> { 1L, 2.5, "ç\u2028", null, true }, ["a"] = new Dictionary<string, object?> { ["z"] = -7L, ["y"] = "" } };
        byte[] bytes = CanonicalJson.Write(value);
        using JsonDocument document = JsonDocument.Parse(bytes);
        using JsonDocument other = JsonDocument.Parse(JsonSerializer.Serialize(document.RootElement, Indented));

        Assert.Equal(bytes, CanonicalJson.Write(document.RootElement));
        Assert.Equal(bytes, CanonicalJson.Write(other.RootElement));
    }

    [Fact]
    public void What_readers_would_not_agree_on_is_refused()
    {
        using JsonDocument twice = JsonDocument.Parse("""{"a":1,"a":2}""");
        Assert.Throws<FormatException>(() => CanonicalJson.Write(twice.RootElement));
        using JsonDocument great = JsonDocument.Parse("""{"a":1e400}""");
        Assert.Throws<FormatException>(() => CanonicalJson.Write(great.RootElement));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(CanonicalJson.MaxSafeInteger + 1));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(double.NaN));
        Assert.ThrowsAny<ArgumentException>(() => CanonicalJson.Write("\ud83d"));
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
