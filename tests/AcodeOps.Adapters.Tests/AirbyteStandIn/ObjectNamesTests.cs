using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Sync;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

public sealed class ObjectNamesTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, "db", "lake/db/sales/2026_03_04_1772600767089_2.parquet")]
    [InlineData("${NAMESPACE}/${STREAM_NAME}/", null, null, "lake/sales/2.parquet")]
    [InlineData("${STREAM_NAME}/dt=${YEAR}-${MONTH}-${DAY}/file_", "{date:yyyyMMdd}_{sync_id}_{part_number}{format_extension}", "db", "lake/sales/dt=2026-03-04/file_20260304_9_2.parquet")]
    [InlineData("/x/${HOUR}${MINUTE}${SECOND}.${MILLISECOND}_", "{timestamp}{part_number}", "db", "lake/x/050607.089_17726007670892")]
    public void Macros_are_filled_in_and_the_key_fits_the_pattern_of_its_stream(string? format, string? file, string? streamNamespace, string expected)
    {
        JsonObject destination = new() { ["s3_bucket_path"] = "/lake/", ["s3_path_format"] = format, ["file_name_pattern"] = file };
        ObjectNames names = new(destination, streamNamespace, "sales", At, 9);
        ObjectNames later = new(destination, streamNamespace, "sales", At.AddDays(100), 10);
        ObjectNames other = new(destination, streamNamespace, "sales_2", At, 9);

        string key = names.Key(2, new HashSet<string>());

        Assert.Equal(expected, key);
        Assert.Matches(later.Pattern, key);
        Assert.StartsWith(later.StaticPrefix, key, StringComparison.Ordinal);
        if (expected.Contains("sales", StringComparison.Ordinal))
        {
            Assert.DoesNotMatch(other.Pattern, key);
        }
    }

    [Fact]
    public void Parts_go_on_after_those_that_are_there_and_no_key_is_used_twice()
    {
        ObjectNames counted = new(new() { ["s3_bucket_path"] = "p", ["s3_path_format"] = "${STREAM_NAME}_" }, null, "s", At, 1);
        Assert.Equal(8, counted.FirstFreePart(["p/s_0.parquet", "p/s_7.parquet", "p/s_x.parquet"]));
        ObjectNames uncounted = new(new() { ["s3_bucket_path"] = "p", ["s3_path_format"] = "${STREAM_NAME}", ["file_name_pattern"] = "{format_extension}" }, null, "s", At, 1);
        string second = uncounted.Key(0, new HashSet<string> { "p/s.parquet" });
        Assert.Equal("p/s.parquet-1", second);
        Assert.Matches(uncounted.Pattern, second);
    }
}
