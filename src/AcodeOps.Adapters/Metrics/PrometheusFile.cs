using System.Text;
using AcodeOps.Metrics;

namespace AcodeOps.Adapters.Metrics;

/// <summary>
/// The file that node_exporter's textfile collector reads: replaced whole by a rename, so that it is never read half-written, and
/// readable by others, as the exporter is another user. The collector reads what ends in .prom only: not the file beside it that is
/// being written.
/// </summary>
internal static class PrometheusFile
{
    private const int MostBytes = 64 << 20;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static async Task<MetricShipment> WriteAsync(MetricSinkDefinition sink, IReadOnlyList<Metric> metrics, CancellationToken cancel)
    {
        string path = sink.Path!, written = $"{path}.{Guid.NewGuid():N}";
        try
        {
            // Two at once would each add to the same counters, and one's would be lost.
            using FileStream turn = await TakeTurnAsync(path + ".lock", cancel).ConfigureAwait(false);
            IReadOnlyDictionary<string, double> before = File.Exists(path) && new FileInfo(path).Length <= MostBytes
                ? PrometheusText.Counters(await File.ReadAllTextAsync(path, cancel).ConfigureAwait(false))
                : new Dictionary<string, double>();
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = Readable;
            }

            FileStream file = new(written, options);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(PrometheusText.Of(metrics, before)), cancel).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows())
            {
                // Whatever the umask took away.
                File.SetUnixFileMode(written, Readable);
            }

            File.Move(written, path, overwrite: true);
            return new MetricShipment(metrics.Count, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AcodeException("MetricFileNotWritten", e is UnauthorizedAccessException ? FailureClass.Permission : FailureClass.ServerFault, $"{path} could not be written: {e.Message}", e)
            {
                Advice = "Look at the folder, its rights and the space on its disk.",
            };
        }
        finally
        {
            if (File.Exists(written))
            {
                File.Delete(written);
            }
        }
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                await Task.Delay(20, cancel).ConfigureAwait(false);
            }
        }
    }
}
