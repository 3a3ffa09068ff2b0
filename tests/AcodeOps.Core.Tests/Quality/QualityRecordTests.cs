using System.Text;
using System.Text.Json.Nodes;
using AcodeOps.Core.Tests.Audit;
using AcodeOps.Core.Tests.Runbooks;
using AcodeOps.Quality;

namespace AcodeOps.Core.Tests.Quality;

/// <summary>Results on record: what is in them, and how the newest score is found again.</summary>
public sealed class QualityRecordTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly MemoryStore _store = new("acode/", StorageRole.Quarantine);

    private readonly TestIds _ids = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_record_has_the_keys_of_bad_rows_and_from_where_to_read_them_again()
    {
        DataQualityResult written = await WriteAsync(Now, 88.5);
        JsonObject record = JsonNode.Parse((await _store.GetAsync(written.Manifest!.Split('/', 4)[3], Cancel))!.Content.Span)!.AsObject();
        Assert.StartsWith($"s3://{_store.Definition.Bucket}/acode/acode_quality/test/2026/11/27/sales/", written.Manifest, StringComparison.Ordinal);
        Assert.Equal(("Failed", 88.5, "idpk", "2026-11-26"), ((string)record["verdict"]!, (double)record["score"]!, (string)record["key"]!, (string)record["from"]!));
        Assert.Equal(("Data_Processamento", "2026-11-26T08:00:00", "2026-11-26/2026-11-26"), ((string)record["replay"]!["cursor"]!, (string)record["replay"]!["from"]!, (string)record["replay"]!["days"]!));
        JsonNode rule = record["rules"]![0]!;
        Assert.Equal(("sales.EAN.gtin", 2, "7,9", false), ((string)rule["rule"]!, (int)rule["faults"]!["its check digit is wrong"]!, string.Join(',', rule["keys"]!.AsArray().Select(key => (string)key!)), (bool)rule["all_keys"]!));
    }

    [Fact]
    public async Task The_newest_score_is_found_and_none_is_made_up()
    {
        Assert.Null(await FindAsync());
        await WriteAsync(Now.AddDays(-9), 10);
        Assert.Null(await FindAsync());
        await WriteAsync(Now.AddDays(-3), 70);
        await WriteAsync(Now.AddDays(-2), 80);
        await WriteAsync(Now.AddDays(-2).AddHours(1), 85);
        Assert.Equal((85, Now.AddDays(-2).AddHours(1)), ((await FindAsync())!.Score!.Value, (await FindAsync())!.TestedAt));
        await WriteAsync(Now, null);
        Assert.Null((await FindAsync())!.Score);
        Assert.Null(await QualityScores.FindAsync(_store, "other", "sales", Now, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"score\": \"high\", \"tested_at\": \"2026-11-27T12:00:00Z\"}")]
    public async Task What_is_no_record_is_no_score(string content)
    {
        await _store.PutAsync($"{QualityRecord.FolderOf(_store.Definition, "test", "sales", Now)}x.json", Encoding.UTF8.GetBytes(content), new PutOptions(), Cancel);
        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(FindAsync);
        Assert.Equal(("QualityRecordUnreadable", FailureClass.Protocol), (failure.Id, failure.Cause));
    }

    private Task<RecordedScore?> FindAsync() => QualityScores.FindAsync(_store, "test", "sales", Now, Cancel);

    private Task<DataQualityResult> WriteAsync(DateTimeOffset at, double? score)
    {
        TestInstallation installation = new() { IdentifierSource = _ids };
        installation.Storages[StorageRole.Quarantine] = _store;
        return new QualityRecord(installation).WriteAsync(
            new DataQualityResult
            {
                Environment = "test",
                Table = "sales",
                ReadFrom = "memory",
                From = new DateOnly(2026, 11, 26),
                To = new DateOnly(2026, 11, 26),
                Verdict = Verdict.Failed,
                Score = score,
                TestedAt = at,
                Rules =
                [
                    new QualityRuleResult
                    {
                        Table = "sales", Column = "EAN", Check = "gtin", Title = "a GTIN", Verdict = Verdict.Failed, Severity = FindingSeverity.Error, Limit = 1, Unit = "% of rows", Summary = "Some break it.",
                        BadRows = 3, Faults = new Dictionary<string, long> { ["its check digit is wrong"] = 2 }, Keys = ["7", "9"], ReplayFrom = new DateTime(2026, 11, 26, 8, 0, 0, DateTimeKind.Unspecified),
                    },
                ],
            },
            Cancel);
    }
}
