namespace AcodeOps.Core.Tests.Data.Comparing;

/// <summary>A value of a source and the same value of the lake have one form, whatever the writer of Parquet made of it.</summary>
public sealed class CanonicalValueTests
{
    public static TheoryData<string, RowColumnKind, int, object?, string?> Same { get; } = new()
    {
        { "bigint", RowColumnKind.LongWhole, 0, 17L, "17" },
        { "bit(1)", RowColumnKind.Truth, 0, true, "true" },
        { "tinyint(1)", RowColumnKind.Whole, 0, 0, "false" },
        { "decimal(15,4)", RowColumnKind.FixedPoint, 4, 12.3400m, "12.34" },
        { "decimal(15,4)", RowColumnKind.FixedPoint, 4, 12.3400m, "12.3400" },
        { "decimal(15,4)", RowColumnKind.FixedPoint, 4, 0.3000m, "0.30000000000000004" },
        { "decimal(15,4)", RowColumnKind.FixedPoint, 4, 12345678901.2345m, "12345678901.2345" },
        { "decimal(15,4)", RowColumnKind.FixedPoint, 4, 0.0001m, "1E-04" },
        { "decimal(15,4)", RowColumnKind.FixedPoint, 4, -7m, "-7" },
        { "bigint unsigned", RowColumnKind.FixedPoint, 0, 18446744073709551615UL, "18446744073709551615" },
        { "date", RowColumnKind.Date, 0, new DateOnly(2026, 3, 1), "2026-03-01" },
        { "date", RowColumnKind.Date, 0, new DateOnly(2026, 3, 1), "2026-03-01T00:00:00.000000" },
        { "datetime(6)", RowColumnKind.LocalTime, 0, new DateTime(2026, 3, 1, 2, 3, 4, 500), "2026-03-01T02:03:04.500000" },
        { "datetime", RowColumnKind.LocalTime, 0, new DateTime(2026, 3, 1, 2, 3, 4), "2026-03-01T02:03:04" },
        { "timestamp", RowColumnKind.UtcTime, 0, new DateTime(2026, 3, 1, 2, 3, 4), "2026-03-01T02:03:04.000000Z" },
        { "varchar(20)", RowColumnKind.Text, 0, "Farmácia", "Farmácia" },
        { "varchar(20)", RowColumnKind.Text, 0, "", "" },
        { "varchar(20)", RowColumnKind.Text, 0, null, null },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void The_same_value_has_the_same_form(string type, RowColumnKind kind, int scale, object? value, string? text)
    {
        RowColumn column = new("c", type, kind) { Scale = scale };
        Assert.True(CanonicalValue.IsComparable(column));
        Assert.Equal(CanonicalValue.Of(column, value), CanonicalValue.OfLake(column, text));
    }

    [Fact]
    public void A_decimal_that_went_through_a_floating_point_comes_back_to_the_digit()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int i = 0; i < 20_000; i++)
        {
            int scale = random.Next(0, 8);
            RowColumn column = new("c", $"decimal(15,{scale})", RowColumnKind.FixedPoint) { Scale = scale };
            decimal number = new decimal(random.NextInt64(-999_999_999_999_999, 1_000_000_000_000_000) / (long)Math.Pow(10, random.Next(0, 15))) / (decimal)Math.Pow(10, scale);
            string expected = CanonicalValue.Of(column, number)!, text = ((double)number).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(expected == CanonicalValue.OfLake(column, text), $"Seed {seed}: {number} of scale {scale} as text is {CanonicalValue.OfLake(column, text)}");
            Assert.True((CanonicalValue.OfLake(column, (double)number) ?? expected) == expected, $"Seed {seed}: {number} of scale {scale} as a double is {CanonicalValue.OfLake(column, (double)number)}");
        }
    }

    [Fact]
    public void A_double_beyond_the_digits_of_a_decimal_is_left_to_its_text()
    {
        RowColumn column = new("c", "decimal(20,6)", RowColumnKind.FixedPoint) { Scale = 6 };
        Assert.Null(CanonicalValue.OfLake(column, 1e14));
        Assert.Null(CanonicalValue.OfLake(column, double.NaN));
        Assert.Null(CanonicalValue.OfLake(column with { Scale = 9 }, 1.5));
        Assert.Equal("0.000000", CanonicalValue.OfLake(column, -1e-9));
        Assert.Equal("0.000000", CanonicalValue.OfLake(column, "-1E-09"));
    }

    [Theory]
    [InlineData("decimal(15,4)", RowColumnKind.FixedPoint, 4, "12.34001", "12.3400")]
    [InlineData("decimal(15,4)", RowColumnKind.FixedPoint, 4, "none", "none")]
    [InlineData("date", RowColumnKind.Date, 0, "2026-03-01T00:00:01", "2026-03-01T00:00:01")]
    [InlineData("int", RowColumnKind.Whole, 0, "17.0", "17")]
    public void Other_texts_come_as_they_are_or_rounded_to_the_column(string type, RowColumnKind kind, int scale, string text, string form) =>
        Assert.Equal(form, CanonicalValue.OfLake(new RowColumn("c", type, kind) { Scale = scale }, text));

    [Theory]
    [InlineData("double", RowColumnKind.Real)]
    [InlineData("float", RowColumnKind.ShortReal)]
    [InlineData("blob", RowColumnKind.Bytes)]
    [InlineData("json", RowColumnKind.Text)]
    [InlineData("time(3)", RowColumnKind.Text)]
    public void What_has_no_exact_form_is_not_compared(string type, RowColumnKind kind) => Assert.False(CanonicalValue.IsComparable(new RowColumn("c", type, kind)));

    [Fact]
    public void Times_are_written_as_the_text_of_a_source_is()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        RowColumn column = new("at", "datetime(6)", RowColumnKind.LocalTime), date = new("day", "date", RowColumnKind.Date);
        Span<byte> written = stackalloc byte[64];
        for (int i = 0; i < 2_000; i++)
        {
            DateTime time = i == 0 ? DateTime.MinValue : i == 1 ? DateTime.MaxValue : new DateTime(random.NextInt64(DateTime.MaxValue.Ticks));
            CanonicalValue.Write(time, written, out int length);
            Assert.True(CanonicalValue.Of(column, time) == System.Text.Encoding.ASCII.GetString(written[..length]), $"Seed {seed}: {time:O}");
            CanonicalValue.Write(DateOnly.FromDateTime(time), written, out length);
            Assert.True(CanonicalValue.Of(date, DateOnly.FromDateTime(time)) == System.Text.Encoding.ASCII.GetString(written[..length]), $"Seed {seed}: {time:O}");
        }
    }
}
