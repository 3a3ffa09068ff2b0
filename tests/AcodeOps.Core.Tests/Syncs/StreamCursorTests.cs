using System.Text.Json.Nodes;
using AcodeOps.Syncs;

namespace AcodeOps.Core.Tests.Syncs;

/// <summary>Cursors in the connector's own states.</summary>
public sealed class StreamCursorTests
{
    [Theory]
    [InlineData("2026-03-01T02:00:00.000000", 90, "2026-03-01T01:58:30.000000")]
    [InlineData("2026-03-01T00:00:00.250000Z", 1, "2026-02-28T23:59:59.250000Z")]
    [InlineData("2026-03-01T02:00:00", 60, "2026-03-01T01:59:00")]
    [InlineData("2026-03-01", 1, "2026-02-28")]
    [InlineData("2026-03-01", 0, "2026-03-01")]
    [InlineData("0001-01-01T00:00:05.000000", 60, "0001-01-01T00:00:00.000000")]
    public void A_time_is_set_back_in_its_own_form(string value, int seconds, string expected)
    {
        StreamCursor cursor = Cursor(value);
        Assert.True(cursor.CanRewind);
        Assert.Equal(expected, cursor.Rewind(TimeSpan.FromSeconds(seconds)).Value);
    }

    [Fact]
    public void What_the_form_cannot_tell_makes_it_earlier_and_not_later() =>
        Assert.Equal("2026-03-01T01:59:59", Cursor("2026-03-01T02:00:00").Rewind(TimeSpan.FromMilliseconds(1)).Value);

    [Theory]
    [InlineData("4711")]
    [InlineData("-0.5")]
    [InlineData("AB12")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-01T02:00:00+03:00")]
    public void What_is_no_time_is_not_set_back_and_says_so(string value)
    {
        StreamCursor cursor = Cursor(value);
        Assert.False(cursor.CanRewind);
        Assert.Equal(value, cursor.Rewind(TimeSpan.FromHours(1)).Value);
    }

    [Fact]
    public void A_cursor_never_goes_forward() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cursor("2026-03-01").Rewind(TimeSpan.FromSeconds(-1)));

    [Theory]
    [InlineData("2026-03-01T02:00:00.000000", "2026-03-01T01:59:59.999999", "2026-03-01T01:59:59.999999")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00.000001", "2026-03-01")]
    [InlineData("9", "10", "9")]
    [InlineData("10.50", "9", "9")]
    [InlineData("18446744073709551615", "18446744073709551614", "18446744073709551614")]
    [InlineData("same", "same", "same")]
    public void The_least_is_the_one_that_has_come_less_far(string a, string b, string least)
    {
        Assert.Equal(least, StreamCursor.Least(Cursor(a), Cursor(b)).Value);
        Assert.Equal(least, StreamCursor.Least(Cursor(b), Cursor(a)).Value);
    }

    [Theory]
    [InlineData("9", "2026-03-01")]
    [InlineData("b", "A")]
    public void What_cannot_be_ordered_is_refused(string a, string b) =>
        Assert.Equal("CursorNotComparable", Assert.Throws<AcodeException>(() => StreamCursor.Least(Cursor(a), Cursor(b))).Id);

    [Fact]
    public void Cursors_of_different_columns_are_not_compared() => Assert.Equal(
        "CursorNotComparable", Assert.Throws<AcodeException>(() => StreamCursor.Least(Cursor("1"), Read(Blob("1").Replace("updated_at", "idpk"))!)).Id);

    [Fact]
    public void It_goes_to_another_stream_with_its_names_and_every_other_member_as_it_was()
    {
        StreamState state = (Cursor("2026-03-01T02:00:00.000000") with { Value = "2026-03-01T01:00:00.000000" }).ToState("diario", "acode_farmarcas_replica");

        Assert.Equal(("diario", "acode_farmarcas_replica"), (state.Name, state.Namespace));
        JsonNode expected = JsonNode.Parse(Blob("2026-03-01T01:00:00.000000"))!;
        expected["stream_namespace"] = "acode_farmarcas_replica";
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(state.Json!)), state.Json);
        Assert.Equal("2026-03-01T01:00:00.000000", StreamCursor.Read(state)!.Value);
    }

    [Fact]
    public void A_member_that_the_blob_has_not_is_not_added()
    {
        StreamState state = Read("""{"cursor_field":["idpk"],"cursor":"7"}""")!.ToState("s", null);
        Assert.Equal("""{"cursor_field":["idpk"],"cursor":"7"}""", state.Json);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"version":3,"state_type":"completed"}""")]
    [InlineData("""{"version":3,"state_type":"primary_key","pk_name":"idpk","pk_val":"5"}""")]
    [InlineData("""{"version":3,"state_type":"primary_key","pk_name":"idpk","pk_val":"5","cursor_field":["a"],"cursor":"1","incremental_state":{"state_type":"cursor_based","cursor_field":["a"],"cursor":"1"}}""")]
    [InlineData("""{"state_type":"cursor_based","cursor_field":["a"],"cursor":""}""")]
    [InlineData("""{"state_type":"cursor_based","cursor_field":["a"],"cursor":null}""")]
    [InlineData("""{"state_type":"cursor_based","cursor_field":[],"cursor":"1"}""")]
    public void What_holds_no_cursor_gives_none(string? json) => Assert.Null(Read(json));

    [Theory]
    [InlineData(SyncStateKind.Global, null, null, null, true)]
    [InlineData(SyncStateKind.Stream, null, null, "CDC", true)]
    [InlineData(SyncStateKind.Stream, """{"state":{"mysql_cdc_offset":{}}}""", null, null, true)]
    [InlineData(SyncStateKind.Legacy, null, """{"cdc":true,"cdc_state":{"state":{}}}""", null, true)]
    [InlineData(SyncStateKind.Stream, """{"state_type":"cursor_based","cursor":"mysql_cdc_offset"}""", null, "STANDARD", false)]
    [InlineData(SyncStateKind.NotSet, null, null, null, false)]
    public void A_place_in_a_binary_log_is_told(SyncStateKind kind, string? stream, string? whole, string? method, bool expected)
    {
        SyncState state = new(kind) { Streams = stream is null ? [] : [new StreamState("s", "n", stream)], WholeJson = whole };
        AirbyteSource source = new(Guid.Empty, "source", null, null, null) { ReplicationMethod = method };
        Assert.Equal(expected, StreamCursor.IsChangeDataCapture(state, source));
    }

    private static string Blob(string value) => $$$"""
        {"version":3,"state_type":"cursor_based","stream_name":"diario","stream_namespace":"acode_farmarcas","cursor_field":["updated_at"],"cursor":"{{{value}}}","cursor_record_count":2,"extra":{"é":[1.50]}}
        """;

    private static StreamCursor Cursor(string value) => Read(Blob(value))!;

    private static StreamCursor? Read(string? json) => StreamCursor.Read(new StreamState("diario", "acode_farmarcas", json));
}
