using AcodeOps.Core.Tests.Syncs;
using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Syncs;
using static AcodeOps.Core.Tests.Syncs.Installed;

namespace AcodeOps.Core.Tests.Health;

public sealed class ParityJudgementTests
{
    [Fact]
    public void The_installations_backup_is_told_with_all_its_differences_the_lost_stream_first()
    {
        Observation seen = ParityJudgement.Judge(Primary(), Backup());
        Assert.Equal((Verdict.Degraded, "StreamMissing"), (seen.Verdict, seen.ErrorId));
        Assert.StartsWith("After a switch: stream complemento is missing, and", seen.Summary);
        string[] expected =
        [
            "stream complemento is missing", "full_refresh_overwrite instead of full_refresh_append", "acode_farmarcas_replica instead of acode_farmarcas",
            "prefix 'backup_' instead of ''", "compression GZIP instead of SNAPPY", "backup_dt=", "lands in s3://backup-lake/origin=backup",
        ];
        Assert.All(expected, part => Assert.Contains(seen.Evidence, line => line.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void Routes_that_differ_by_nothing_but_place_are_alike()
    {
        RouteReading twin = Backup() with { Connection = PrimaryConnection with { ConnectionId = BackupConnection.ConnectionId }, Destination = Lake with { Bucket = "backup-lake" } };
        Assert.Equal(Verdict.Healthy, ParityJudgement.Judge(Primary(), twin).Verdict);
    }

    [Theory]
    [InlineData("CSV", "SNAPPY", "files are CSV instead of Parquet")]
    [InlineData("parquet", "snappy", null)]
    public void Formats_are_compared_as_words(string format, string compression, string? difference)
    {
        RouteReading other = Backup() with { Connection = PrimaryConnection, Destination = Lake with { Format = format, Compression = compression } };
        Observation seen = ParityJudgement.Judge(Primary(), other);
        Assert.Equal(difference is null ? Verdict.Healthy : Verdict.Degraded, seen.Verdict);
        Assert.Contains(difference ?? "", string.Join('\n', seen.Evidence));
    }

    [Fact]
    public void A_cursor_of_another_column_is_a_difference()
    {
        RouteReading one = Primary() with { Connection = PrimaryConnection with { Streams = [new("s", "db", "incremental_append", ["a"])] } };
        RouteReading other = Backup() with { Connection = PrimaryConnection with { Streams = [new("s", "db", "incremental_append", ["b"])] }, Destination = Lake };
        Assert.Contains("reads on by b instead of a", ParityJudgement.Judge(one, other).Summary);
    }

    [Fact]
    public void A_missing_connection_says_how_to_make_it()
    {
        Observation seen = ParityJudgement.Judge(Primary(), Backup().Missing());
        Assert.Equal((Verdict.Degraded, "RouteMissing"), (seen.Verdict, seen.ErrorId));
        Assert.Contains("Create a connection 'connection_mysql_s3_acode_backup'", seen.Remedy);
    }
}
