using System.Text;
using AcodeOps.Audit;

namespace AcodeOps.Core.Tests.Audit;

public sealed class AuditSerializerTests
{
    private static readonly AuditRecord Full = new()
    {
        Id = "01KAT5Z3V8Q7M2N4P6R8S0T2W4",
        At = new DateTimeOffset(2026, 11, 24, 3, 15, 2, 7, TimeSpan.Zero),
        EventType = AuditEventType.FailoverExecuted,
        Phase = AuditPhase.Outcome,
        User = "ana",
        CallerArn = "arn:aws:iam::123456789012:user/ana",
        CallerAccount = "123456789012",
        Host = "ops-1",
        ProcessId = 4711,
        ModuleVersion = "0.1.0",
        PowerShellVersion = "7.6.9",
        SessionId = "c0ffee",
        RunId = "run-1",
        Subject = "Route backup_mysql",
        Reason = "não responde: \"timeout\" <1 s>",
        Outcome = "Succeeded",
        RetentionDays = 2555,
        LegalBasis = "company policy 7",
        Details = new Dictionary<string, object?>
        {
            ["rows"] = 9007199254740991L,
            ["seconds"] = 45.5,
            ["automated"] = true,
            ["missing"] = null,
            ["nested"] = new Dictionary<string, object?> { ["b"] = 1L, ["a"] = new List<object?> { "x", 2L, null, 1e300 } },
        },
    };

    [Fact]
    public void A_record_reads_back_as_itself()
    {
        byte[] bytes = AuditSerializer.Write(Full);

        AuditRecord read = AuditSerializer.Read(bytes, AuditKey.Of(Full));

        Assert.Equal(Full with { Details = read.Details }, read);
        Assert.Equivalent(Full.Details, read.Details, strict: true);
        Assert.IsType<long>(read.Details["rows"]);
        Assert.Equal(bytes, AuditSerializer.Write(read));
    }

    [Fact]
    public void The_bytes_are_canonical_and_keep_the_guides_names()
    {
        Assert.Equal(
            """{"caller":{"account":"123456789012","arn":"arn:aws:iam::123456789012:user/ana"},"compliance":{"legal_basis":"company policy 7","retention_period_days":2555},"details":{"automated":true,"missing":null,"nested":{"a":["x",2,null,1e+300],"b":1},"rows":9007199254740991,"seconds":45.5},"event_type":"failover_executed","host":"ops-1","id":"01KAT5Z3V8Q7M2N4P6R8S0T2W4","module_version":"0.1.0","outcome":"Succeeded","phase":"outcome","powershell_version":"7.6.9","process_id":4711,"reason":"não responde: \"timeout\" <1 s>","run_id":"run-1","schema_version":2,"session_id":"c0ffee","subject":"Route backup_mysql","timestamp":"2026-11-24T03:15:02.007+00:00","user_id":"ana"}""",
            Encoding.UTF8.GetString(AuditSerializer.Write(Full)));
    }

    [Fact]
    public void A_record_of_the_guides_script_is_read_without_inventing_what_it_lacks()
    {
        const string json = """
            {"timestamp": "2025-03-02T03:15:02.123456", "event_type": "failover_executed", "user_id": "data_engineer_john",
             "source_ip": "192.0.2.1", "session_id": "session_123456", "details": {"automated": true, "duration_seconds": 45},
             "compliance": {"retention_period_days": 2555, "classification": "sensitive"}}
            """;

        AuditRecord record = AuditSerializer.Read(Encoding.UTF8.GetBytes(json), AuditKey.TryParse("acode_audit/2025/03/02/failover_executed_031502.json")!);

        Assert.Equal(0, record.SchemaVersion);
        Assert.Equal(new DateTimeOffset(2025, 3, 2, 3, 15, 2, TimeSpan.Zero).AddTicks(1234560), record.At);
        Assert.Equal(("data_engineer_john", 2555, 45L), (record.User, record.RetentionDays, record.Details["duration_seconds"]));
        Assert.Null(record.Host);
        Assert.Null(record.CallerArn);
        Assert.NotNull(record.CallerUnknownBecause);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"schema_version":"1"}""")]
    [InlineData("""{"schema_version":2,"id":7,"timestamp":"2026-11-24T03:15:02.007+00:00","event_type":"failover_executed","user_id":"ana"}""")]
    [InlineData("""{"schema_version":2,"id":"01KAT5Z3V8Q7M2N4P6R8S0T2W4","timestamp":"yesterday","event_type":"failover_executed","user_id":"ana"}""")]
    [InlineData("""{"schema_version":2,"id":"01KAT5Z3V8Q7M2N4P6R8S0T2W4","timestamp":"2026-11-24T03:15:02.007+00:00","event_type":"tea_served","user_id":"ana"}""")]
    public void What_is_no_record_is_refused_as_such(string json) =>
        Assert.Throws<FormatException>(() => AuditSerializer.Read(Encoding.UTF8.GetBytes(json), AuditKey.Of(Full)));

    [Fact]
    public void A_record_under_the_key_of_another_is_refused()
    {
        byte[] bytes = AuditSerializer.Write(Full);

        Assert.Throws<FormatException>(() => AuditSerializer.Read(bytes, AuditKey.Of(Full with { Id = "01KAT5Z3V8Q7M2N4P6R8S0T2W5" })));
        Assert.Throws<FormatException>(() => AuditSerializer.Read(bytes, AuditKey.Of(Full with { At = Full.At.AddDays(1) })));
        Assert.Throws<FormatException>(() => AuditSerializer.Read(bytes, AuditKey.Of(Full with { EventType = AuditEventType.DataAccess })));
    }
}
