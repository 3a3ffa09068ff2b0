using AcodeOps.Audit;

namespace AcodeOps.Core.Tests.Audit;

public sealed class AuditKeyTests
{
    private const string Id = "01KAT5Z3V8Q7M2N4P6R8S0T2W4";

    [Theory]
    [InlineData("2026-11-24T23:59:59.999Z", "acode_audit/2026/11/24/failover_executed_235959_" + Id + ".json")]
    [InlineData("2026-11-25T00:00:00.000Z", "acode_audit/2026/11/25/failover_executed_000000_" + Id + ".json")]
    [InlineData("2026-12-31T22:00:00-03:00", "acode_audit/2027/01/01/failover_executed_010000_" + Id + ".json")]
    public void Day_and_time_come_from_one_instant_in_utc(string at, string expected)
    {
        AuditRecord record = new()
        {
            Id = Id,
            At = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime(),
            EventType = AuditEventType.FailoverExecuted,
            User = "ana",
        };

        Assert.Equal(expected, AuditKey.Of(record).ToString());
    }

    [Fact]
    public void Every_event_type_has_the_guides_kind_of_name()
    {
        Assert.Equal(
            ["connection_created", "connection_modified", "connection_deleted", "failover_executed", "credentials_rotated", "data_access", "configuration_changed", "incident_detected", "disaster_recovery_drill"],
            Enum.GetValues<AuditEventType>().Select(AuditKey.NameOf));
    }

    [Fact]
    public void A_key_reads_back_as_itself()
    {
        foreach (AuditEventType type in Enum.GetValues<AuditEventType>())
        {
            AuditKey key = new(new DateTimeOffset(2028, 2, 29, 23, 59, 59, TimeSpan.Zero), AuditKey.NameOf(type), Id);
            Assert.Equal(key, AuditKey.TryParse(key.ToString()));
            Assert.StartsWith(AuditKey.EventPrefix(key.Day, type), key.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_guides_own_key_without_an_id_is_understood()
    {
        AuditKey key = Assert.IsType<AuditKey>(AuditKey.TryParse("acode_audit/2025/03/02/credentials_rotated_031502.json"));
        Assert.Equal(("credentials_rotated", "", new DateTimeOffset(2025, 3, 2, 3, 15, 2, TimeSpan.Zero)), (key.EventName, key.Id, key.At));
    }

    [Theory]
    [InlineData("acode_audit/2026/11/24/readme.txt")]
    [InlineData("acode_audit/2026/13/24/failover_executed_120000_" + Id + ".json")]
    [InlineData("acode_audit/2026/11/24/failover_executed_250000_" + Id + ".json")]
    [InlineData("other/acode_audit/2026/11/24/failover_executed_120000_" + Id + ".json")]
    [InlineData("acode_audit/2026/11/24/../failover_executed_120000_" + Id + ".json")]
    public void What_names_no_record_is_not_taken_for_one(string key) => Assert.Null(AuditKey.TryParse(key));
}
