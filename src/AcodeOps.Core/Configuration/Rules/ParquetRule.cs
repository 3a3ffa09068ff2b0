using System.Text.Json.Nodes;
using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>The form in which the lake's readers want its objects: Parquet, a codec that all of them know, row groups that are worth reading alone.</summary>
internal sealed class ParquetRule : ConfigurationRule
{
    // The size of a block is that of a row group: https://parquet.apache.org/docs/file-format/configurations recommends 512 MB to
    // 1 GB for whole files read from HDFS; query engines over S3 read groups of 128 to 256 MB side by side.
    private const int LeastBlock = 128;
    private const int MostBlock = 512;

    // Pages of 8 KB to 1 MB: smaller ones cost headers, larger ones are read whole for one row.
    private const int MostPage = 1024;

    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        if (!context.IsS3 || context.Resource.Settings["format"] is not JsonObject format)
        {
            yield break;
        }

        string? type = context.Text("format", "format_type");
        if (type is not null and not "Parquet")
        {
            yield return (RuleContext.At("format", "format_type"), new("FormatNotParquet", "The lake's checks and recoveries read Parquet only.", FindingSeverity.Warning) { Current = type, Proposed = "Parquet", Remedy = "Write format_type: Parquet." });
            yield break;
        }

        if (Codec(context.Text("format", "compression_codec") ?? "UNCOMPRESSED") is { } codec)
        {
            yield return (RuleContext.At("format", "compression_codec"), codec);
        }

        if (format["block_size_mb"] is JsonValue block && block.TryGetValue(out int megabytes) && megabytes is < LeastBlock or > MostBlock)
        {
            yield return (RuleContext.At("format", "block_size_mb"), new("BlockSizeUnusual", $"Row groups of {megabytes} MB {(megabytes < LeastBlock ? "cost a request each for few rows" : "are read whole by one reader")}.", FindingSeverity.Information)
            {
                Current = $"{megabytes}",
                Proposed = megabytes < LeastBlock ? "128" : "256",
                Remedy = "Write block_size_mb: 128 to 256.",
            });
        }

        if (format["page_size_kb"] is JsonValue page && page.TryGetValue(out int kilobytes) && kilobytes > MostPage)
        {
            yield return (RuleContext.At("format", "page_size_kb"), new("PageSizeUnusual", $"Pages of {kilobytes} KB are read whole for one row.", FindingSeverity.Information) { Current = $"{kilobytes}", Proposed = "1024", Remedy = "Write page_size_kb: 1024." });
        }
    }

    private static Complaint? Codec(string codec) => codec switch
    {
        "UNCOMPRESSED" => new("CodecUnusual", "Objects that are not compressed cost several times the storage and the reading.", FindingSeverity.Warning) { Current = codec, Proposed = "SNAPPY", Remedy = "Write compression_codec: SNAPPY." },
        "LZO" or "BROTLI" or "LZ4" => new("CodecUnusual", $"The connector is reported to fail on {codec}, and not every reader knows it.", FindingSeverity.Warning) { Current = codec, Proposed = "SNAPPY", Remedy = "Write compression_codec: SNAPPY." },
        "GZIP" or "ZSTD" => new("CodecUnusual", $"{codec} makes smaller objects, and costs more processor time to read than SNAPPY.", FindingSeverity.Information) { Current = codec, Proposed = "SNAPPY", Remedy = "Write compression_codec: SNAPPY where objects are read often." },
        _ => null,
    };
}
