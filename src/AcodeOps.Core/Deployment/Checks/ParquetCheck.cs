using System.Globalization;
using AcodeOps.Health;

namespace AcodeOps.Deployment.Checks;

/// <summary>What the sync has written can be read: Parquet with the source's columns, compressed as the destination says. Only footers are read.</summary>
internal sealed class ParquetCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.After;

    /// <inheritdoc />
    public override string Target => "parquet";

    /// <inheritdoc />
    public override bool NeedsSync => true;

    /// <inheritdoc />
    public override async Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel)
    {
        WrittenStreams written = await context.WrittenAsync().ConfigureAwait(false);
        IObjectStore store = context.Installation.Storage(written.Route.Route.Storage);
        WrittenStream[] there = [.. written.Streams.Where(stream => stream.Newest is not null)];
        (IReadOnlyList<TableSchema> tables, AcodeException? unread) = await ReadTablesAsync(context, written, cancel).ConfigureAwait(false);
        ReadFile[] files = await Task.WhenAll(there.Select(async stream =>
        {
            TableSchema? table = tables.FirstOrDefault(table => table.Name.Equals(stream.Stream.Name, StringComparison.OrdinalIgnoreCase));
            ReadFile file = new(stream.Stream.Name, stream.Newest!.Key) { Expected = ColumnsOf(context.Project, written.Route.Connection!, stream.Stream, table) };
            try
            {
                return file with { Footer = await context.Installation.Lake.ReadFooterAsync(store, stream.Newest, [], cancel).ConfigureAwait(false) };
            }
            catch (AcodeException failure)
            {
                return file with { Failure = failure };
            }
        })).ConfigureAwait(false);
        return Judge(files, written.Route.Destination!, unread);
    }

    /// <summary>Failed where a file cannot be read, lacks a column or has another codec; Unknown where the source's columns are not known.</summary>
    /// <param name="files">The newest file of each stream.</param>
    /// <param name="destination">What the destination says.</param>
    /// <param name="unread">Why the source's columns are not known; null where they are.</param>
    internal static Observation Judge(IReadOnlyList<ReadFile> files, AirbyteDestination destination, AcodeException? unread)
    {
        string[] wrong = [.. files.SelectMany(file => Wrong(file, destination))];
        AcodeException? failure = files.Select(file => file.Failure).OfType<AcodeException>().FirstOrDefault();
        string[] untold = [.. files.Where(file => file.Expected is null).Select(file => file.Stream)];
        Observation seen = new(Verdict.Healthy, $"{files.Count} objects can be read; they have the source's columns and are {destination.Compression ?? "compressed as nobody tells"}.")
        {
            Evidence =
            [
                .. wrong,
                .. files.Where(file => file.Footer is not null).Select(file => string.Create(
                    CultureInfo.InvariantCulture, $"{file.Stream}: {file.Footer!.Rows:N0} rows, {file.Footer.Columns.Count} columns, {string.Join(" and ", file.Footer.Codecs)}: {file.Key}")),
            ],
        };
        return wrong.Length > 0 ? seen with
        {
            Verdict = Verdict.Failed,
            Summary = wrong[0],
            Cause = FailureClass.Protocol,
            ErrorId = "ParquetUnfit",
            Remedy = "Readers will stumble over it: compare the destination's format and the connection's columns with the files (Compare-AcodeConfiguration), and sync again.",
        }
        : failure is not null ? seen with { Verdict = Verdict.Unknown, Summary = failure.Message, Cause = failure.Cause, ErrorId = failure.Id, Remedy = failure.Advice }
        : files.Count == 0 ? seen with { Verdict = Verdict.Unknown, Summary = "There is no object to read.", Cause = FailureClass.NotFound, ErrorId = "ObjectsMissing", Remedy = "See the check Deployment objects." }
        : untold.Length > 0 ? seen with
        {
            Verdict = Verdict.Unknown,
            Summary = $"{files.Count} objects can be read; whether they have the source's columns is not known for {string.Join(", ", untold)}.{(unread is null ? "" : " " + unread.Message)}",
            Cause = unread?.Cause ?? FailureClass.NotFound,
            ErrorId = unread?.Id ?? "SchemaIncomplete",
            Remedy = unread?.Advice ?? "See the Schema checks of Test-AcodeHealth.",
        }
        : seen;
    }

    private static IEnumerable<string> Wrong(ReadFile file, AirbyteDestination destination)
    {
        if (file.Failure is { Cause: FailureClass.Protocol or FailureClass.NotFound } failure)
        {
            yield return failure.Message;
        }

        if (file.Footer is not { } footer)
        {
            yield break;
        }

        string[] missing = [.. (file.Expected ?? []).Except(footer.Columns, StringComparer.OrdinalIgnoreCase)];
        if (missing.Length > 0)
        {
            yield return $"{file.Stream} lacks {missing.Length} of the source's columns: {string.Join(", ", missing)}.";
        }

        if (destination.Compression is { } codec && footer.Codecs.FirstOrDefault(other => !IsSame(codec, other)) is { } different)
        {
            yield return $"{file.Stream} is compressed with {different}, and the destination says {codec}.";
        }
    }

    // Airbyte has one name for both frames of LZ4.
    private static bool IsSame(string destination, string file) => file.Split('_')[0].Equals(destination, StringComparison.OrdinalIgnoreCase);

    /// <summary>What must be in the file: the columns that the connection takes, or all of the table; null where the table is not known.</summary>
    private static IReadOnlyList<string>? ColumnsOf(ConfigurationProject project, Connection connection, ConnectionStream stream, TableSchema? table)
    {
        IReadOnlyList<string>[] taken =
        [
            .. project.Resources.Where(resource => resource.Kind == ConfiguredKind.Connection && resource.Name == connection.Name)
                .SelectMany(resource => resource.Streams).Where(configured => configured.Name == stream.Name).SelectMany(configured => configured.SelectedFields),
        ];
        return table is null ? null
            : taken.Length == 0 ? [.. table.Columns.Select(column => column.Name)]
            : [.. table.Columns.Select(column => column.Name).Where(name => taken.Any(path => path is [{ } only, ..] && only.Equals(name, StringComparison.OrdinalIgnoreCase)))];
    }

    private static async Task<(IReadOnlyList<TableSchema> Tables, AcodeException? Unread)> ReadTablesAsync(DeploymentContext context, WrittenStreams written, CancellationToken cancel)
    {
        try
        {
            ISource source = await context.Health.SourceAsync(written.Route.Route.Source).ConfigureAwait(false);
            return (await source.ReadSchemaAsync([.. written.Streams.Select(stream => stream.Stream.Name)], cancel).ConfigureAwait(false), null);
        }
        catch (AcodeException failure)
        {
            return ([], failure);
        }
    }

    /// <summary>A stream's newest file.</summary>
    /// <param name="Stream">The stream.</param>
    /// <param name="Key">The object.</param>
    internal sealed record ReadFile(string Stream, string Key)
    {
        /// <summary>What its footer tells; null where it cannot be read.</summary>
        public LakeFile? Footer { get; init; }

        /// <summary>Why it cannot be read.</summary>
        public AcodeException? Failure { get; init; }

        /// <summary>The columns that it must have; null where they are not known.</summary>
        public IReadOnlyList<string>? Expected { get; init; }
    }
}
