using AcodeOps.Adapters.Lake;
using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>Values of every type of column, from the server into Parquet and back out of it: none of them loses anything.</summary>
public sealed class RowTypeTests(LabFixture lab)
{
    private static readonly (string Column, string Type, string Literal, string Expected)[] Values =
    [
        ("tiny", "TINYINT", "-128", "-128"),
        ("truthy", "TINYINT(1)", "5", "5"),
        ("utiny", "TINYINT UNSIGNED", "255", "255"),
        ("small", "SMALLINT", "-32768", "-32768"),
        ("usmall", "SMALLINT UNSIGNED", "65535", "65535"),
        ("medium", "MEDIUMINT UNSIGNED", "16777215", "16777215"),
        ("whole", "INT", "-2147483648", "-2147483648"),
        ("uwhole", "INT UNSIGNED", "4294967295", "4294967295"),
        ("big", "BIGINT", "-9223372036854775808", "-9223372036854775808"),
        ("ubig", "BIGINT UNSIGNED", "18446744073709551615", "18446744073709551615"),
        ("money", "DECIMAL(15,4)", "-12345678901.2345", "-12345678901.2345"),
        ("cents", "DECIMAL(7,2)", "12345.60", "12345.60"),
        ("wide", "DECIMAL(28,10)", "123456789012345678.0123456789", "123456789012345678.0123456789"),
        ("wider", "DECIMAL(65,30)", "12345678901234567890123456789012345.123456789012345678901234567890", "12345678901234567890123456789012345.123456789012345678901234567890"),
        ("ratio", "DOUBLE", "0.1", "0.1"),
        ("huge", "DOUBLE", "-1.7976931348623157e308", "-1.7976931348623157E+308"),
        ("single", "FLOAT", "16777217", "16777216"),
        ("day", "DATE", "'1000-01-01'", "1000-01-01"),
        ("at", "DATETIME", "'2026-11-24 23:59:59'", "2026-11-24T23:59:59.000000"),
        ("fine", "DATETIME(6)", "'9999-12-31 23:59:59.999999'", "9999-12-31T23:59:59.999999"),
        ("stamped", "TIMESTAMP(6) NULL", "'2026-02-03 04:05:06.789012'", "2026-02-03T07:05:06.789012Z"),
        ("hours", "TIME(6)", "'-838:59:58.123456'", "-838:59:58.123456"),
        ("vintage", "YEAR", "2026", "2026"),
        ("code", "CHAR(36)", "'0c3f2a51-9f6e-4b0e-8f7c-2f1d3a4b5c6d'", "0c3f2a51-9f6e-4b0e-8f7c-2f1d3a4b5c6d"),
        ("name", "VARCHAR(255)", "'Farmácia São João ☕ 💊'", "Farmácia São João ☕ 💊"),
        ("nothing", "VARCHAR(10)", "''", ""),
        ("latin", "VARCHAR(20) CHARACTER SET latin1", "'Ação'", "Ação"),
        ("xml", "LONGTEXT", "REPEAT('<nfe/>', 20000)", string.Concat(Enumerable.Repeat("<nfe/>", 20000))),
        ("kind", "ENUM('a','b c')", "'b c'", "b c"),
        ("tags", "SET('x','y')", "'x,y'", "x,y"),
        ("doc", "JSON", "'{\"a\": [1, null, \"é\"]}'", "{\"a\": [1, null, \"é\"]}"),
        ("flag", "BIT(1)", "b'1'", "true"),
        ("bits", "BIT(33)", "b'100000000000000000000000000000001'", "4294967297"),
        ("allbits", "BIT(64)", "18446744073709551615", "18446744073709551615"),
        ("raw", "VARBINARY(20)", "x'00FF10C3'", Convert.ToBase64String([0x00, 0xFF, 0x10, 0xC3])),
        ("fixedraw", "BINARY(4)", "x'0102'", Convert.ToBase64String([1, 2, 0, 0])),
        ("blobby", "BLOB", "x''", ""),
        ("place", "POINT", "ST_GeomFromText('POINT(1 2)')", Convert.ToBase64String([0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40])),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Every_type_of_value_and_null_comes_through(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        string name = "every_type";
        await pair.Primary.ExecuteAsync(
            $"SET time_zone='-03:00'; CREATE TABLE {name} (idpk BIGINT PRIMARY KEY, {string.Join(", ", Values.Select(v => $"`{v.Column}` {v.Type}"))}) CHARACTER SET utf8mb4; "
            + $"INSERT INTO {name} VALUES (1, {string.Join(", ", Values.Select(v => v.Literal))}); INSERT INTO {name} (idpk) VALUES (2)",
            Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);

        (IReadOnlyList<RowColumn> columns, List<SourceRow> rows) = await ReadAsync(source, new TableDefinition { Name = name });
        Dictionary<string, string?[]> written = await WriteAndReadAsync(columns, rows);

        foreach ((string column, string type, _, string expected) in Values)
        {
            Assert.Equal((flavor, $"{column} {type}", expected), (flavor, $"{column} {type}", written[column][0]));
            Assert.Equal((column, (string?)null), (column, written[column][1]));
        }

        Assert.Equal(["1", "2"], written["idpk"]);
        Assert.All(rows, row => Assert.Equal(0, row.ZeroDates));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Dates_that_are_none_are_null_and_counted(DatabaseFlavor flavor)
    {
        DatabasePair pair = await lab.PairAsync(flavor);
        await pair.Primary.ExecuteAsync(
            "SET sql_mode='ALLOW_INVALID_DATES'; CREATE TABLE zeros (idpk INT PRIMARY KEY, d DATE NOT NULL, t DATETIME NOT NULL, s TIMESTAMP NOT NULL); "
            + "INSERT INTO zeros VALUES (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00'), (2, '2026-00-10', '2026-02-31 10:00:00', '2026-02-03 04:05:06'), (3, '2026-01-02', '2026-01-02', '2026-01-02')",
            Cancel, pair.Primary.Database);
        await using MySqlSource source = SourceUnderTest.Open(pair.Primary);

        (IReadOnlyList<RowColumn> columns, List<SourceRow> rows) = await ReadAsync(source, new TableDefinition { Name = "zeros" });
        Dictionary<string, string?[]> written = await WriteAndReadAsync(columns, rows);

        Assert.Equal([3, 2, 0], rows.Select(row => row.ZeroDates));
        Assert.Equal([null, null, "2026-01-02"], written["d"]);
        Assert.Equal([null, null, "2026-01-02T00:00:00.000000"], written["t"]);
        Assert.Equal([null, "2026-02-03T04:05:06.000000Z", "2026-01-02T00:00:00.000000Z"], written["s"]);
    }

    [Fact]
    public async Task The_file_says_what_its_columns_are_and_how_far_they_reach()
    {
        RowColumn[] columns =
        [
            new("id", "bigint", RowColumnKind.LongWhole), new("n", "int", RowColumnKind.Whole), new("v", "decimal(15,4)", RowColumnKind.FixedPoint) { Precision = 15, Scale = 4 },
            new("d", "date", RowColumnKind.Date), new("local", "datetime", RowColumnKind.LocalTime), new("utc", "timestamp", RowColumnKind.UtcTime),
            new("long", "text", RowColumnKind.Text), new("empty", "datetime", RowColumnKind.LocalTime),
        ];
        DateTime start = new(2026, 11, 24, 10, 0, 0);
        object?[][] rows = [.. Enumerable.Range(0, 1000).Select(i => new object?[]
        {
            (long)i, i % 3 == 0 ? null : i, i / 4m, DateOnly.FromDateTime(start).AddDays(i), i == 0 ? null : start.AddTicks(10 * i), DateTime.SpecifyKind(start.AddTicks(10 * i), DateTimeKind.Utc),
            new string('x', i), null,
        })];

        ReadOnlyMemory<byte> file = await new ParquetLakeWriter().WriteAsync(columns, rows, Cancel);

        Tests.Lake.MemoryObject store = new(file.ToArray());
        LakeFile footer = await new ParquetLakeReader().ReadFooterAsync(store, store.Stored, [.. columns.Select(c => c.Name)], Cancel);
        Assert.Equal(1000, footer.Rows);
        Assert.Equal(new ColumnRange("0", "999"), footer.Ranges["id"]);
        Assert.Equal(new ColumnRange("2026-11-24T10:00:00.000001", "2026-11-24T10:00:00.000999"), footer.Ranges["local"]);
        Assert.Equal(new ColumnRange("2026-11-24T10:00:00.000000Z", "2026-11-24T10:00:00.000999Z"), footer.Ranges["utc"]);
        Assert.Equal(new ColumnRange("0.0000", "249.7500"), footer.Ranges["v"]);
        Assert.False(footer.Ranges.ContainsKey("long"));
        Assert.False(footer.Ranges.ContainsKey("empty"));
        using MemoryStream stream = new(file.ToArray());
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: Cancel);
        FileMetaData told = reader.Metadata!;
        Assert.Single(told.RowGroups);
        Assert.All(told.RowGroups[0].Columns, chunk => Assert.Equal(CompressionCodec.SNAPPY, chunk.MetaData!.Codec));
        Assert.Equal((15, 4), (told.Schema.Single(e => e.Name == "v").Precision, told.Schema.Single(e => e.Name == "v").Scale));
        Assert.Equal([false, true], told.Schema.Where(e => e.Name is "local" or "utc").Select(e => e.LogicalType!.TIMESTAMP!.IsAdjustedToUTC));
        Assert.All(told.Schema.Where(e => e.Name is "local" or "utc"), e => Assert.NotNull(e.LogicalType!.TIMESTAMP!.Unit.MICROS));
        Assert.Equal(Parquet.Meta.Type.INT32, told.Schema.Single(e => e.Name == "n").Type);
        Assert.Equal(Parquet.Meta.Type.INT64, told.Schema.Single(e => e.Name == "id").Type);
    }

    private static async Task<(IReadOnlyList<RowColumn> Columns, List<SourceRow> Rows)> ReadAsync(MySqlSource source, TableDefinition table)
    {
        TableWay way = await source.FindWayAsync(table, Cancel);
        List<SourceRow> rows = [];
        await foreach (IReadOnlyList<SourceRow> page in source.ReadRowsAsync(table, new RowWindow { Keys = [new KeyRange(null, "100")] }, null, Cancel))
        {
            rows.AddRange(page);
        }

        return (way.Columns, rows);
    }

    private static async Task<Dictionary<string, string?[]>> WriteAndReadAsync(IReadOnlyList<RowColumn> columns, List<SourceRow> rows)
    {
        ReadOnlyMemory<byte> file = await new ParquetLakeWriter().WriteAsync(columns, [.. rows.Select(row => row.Values)], Cancel);
        using MemoryStream stream = new(file.ToArray());
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, new ParquetOptions { UseDateOnlyTypeForDates = true }, cancellationToken: Cancel);
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Dictionary<string, string?[]> read = [];
        foreach (DataField field in reader.Schema.DataFields)
        {
            bool isUtc = ColumnTexts.IsUtc(reader.Metadata!.Schema.Single(e => e.Name == field.Name && e.Type is not null));
            read[field.Name] = await ColumnTexts.ReadAsync(group, field, isUtc, Cancel);
        }

        return read;
    }
}
