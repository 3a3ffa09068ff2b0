using AcodeOps.Health;

namespace AcodeOps.Core.Tests.Health;

public sealed class SchemaComparisonTests
{
    private static readonly TableDefinition Expected = new() { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento", Columns = ["EAN"] };

    [Fact]
    public void The_same_on_both_is_healthy_whatever_the_display_width()
    {
        Observation seen = Judge(Table(("idpk", "bigint(20)")), Table(("idpk", "bigint")));

        Assert.Equal((Verdict.Healthy, null), (seen.Verdict, seen.Remedy));
    }

    [Theory]
    [InlineData("EAN", "varchar(13)", "EAN is varchar(14) on the primary and varchar(13) on the backup")]
    [InlineData("Extra", "int", "column that the primary lacks: Extra")]
    public void A_difference_is_a_warning(string column, string type, string words)
    {
        Observation seen = Judge(Table(), Table((column, type)));

        Assert.Equal(Verdict.Degraded, seen.Verdict);
        Assert.Contains(words, seen.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_expected_and_missing_has_failed()
    {
        TableSchema without = Table() with { Columns = [.. Table().Columns.Where(c => c.Name != "EAN")] };

        Observation seen = Judge(Table(), without);

        Assert.Equal((Verdict.Failed, "The backup lacks column EAN; the backup lacks the primary's column EAN.".Split(';')[0] + "."), (seen.Verdict, seen.Summary));
        Assert.Contains("has no table sales", Judge(Table(), null).Summary, StringComparison.Ordinal);
        Assert.Equal(Verdict.Failed, Judge(null, Table()).Verdict);
    }

    [Fact]
    public void One_side_that_could_not_be_asked_is_said_and_never_healthy()
    {
        SchemaComparison.Side primary = new("primary", null, "no answer");

        Observation seen = SchemaComparison.Judge(Expected, [primary, new("backup", Table())]);
        Assert.Equal((Verdict.Unknown, "The backup has what is expected; the primary could not be asked: no answer."), (seen.Verdict, seen.Summary));

        // What is wrong on the side that answered is still said.
        Assert.Equal(Verdict.Failed, SchemaComparison.Judge(Expected, [primary, new("backup", null)]).Verdict);
        Assert.Equal(Verdict.Unknown, SchemaComparison.Judge(Expected, [primary, new("backup", null, "neither")]).Verdict);
    }

    private static Observation Judge(TableSchema? primary, TableSchema? backup) => SchemaComparison.Judge(Expected, [new("primary", primary), new("backup", backup)]);

    private static TableSchema Table(params (string Name, string Type)[] changes)
    {
        Dictionary<string, string> types = new() { ["idpk"] = "bigint", ["Data"] = "date", ["Data_Processamento"] = "datetime", ["EAN"] = "varchar(14)" };
        foreach ((string name, string type) in changes)
        {
            types[name] = type;
        }

        return new TableSchema("sales", [.. types.Select(t => new TableColumn(t.Key, t.Value, t.Key != "idpk"))], []);
    }
}
