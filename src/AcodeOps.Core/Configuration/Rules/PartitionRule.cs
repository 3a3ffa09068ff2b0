using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>Objects of different days must lie apart: what a stopped run left, and what is corrupted, is found and replaced by the day.</summary>
internal sealed class PartitionRule : ConfigurationRule
{
    private const string Key = "s3_path_format";

    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        string? format = context.Text(Key);
        if (!context.IsS3 || format is null)
        {
            yield break;
        }

        string[] missing = [.. new[] { "${STREAM_NAME}", "${YEAR}", "${MONTH}", "${DAY}" }.Where(macro => !format.Contains(macro, StringComparison.Ordinal))];
        if (missing.Length > 0)
        {
            yield return (RuleContext.At(Key), new("PartitionMissing", $"The path has no {string.Join(", ", missing)}: objects of different days or streams lie in one folder.", FindingSeverity.Warning)
            {
                Current = Printable.Of(format),
                Remedy = "Write a path such as \"${STREAM_NAME}/cog_dt_ingestion=${YEAR}-${MONTH}-${DAY}/file_${STREAM_NAME}_${EPOCH}_\".",
            });
        }
    }
}
