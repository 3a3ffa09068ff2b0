using System.Globalization;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>A process that makes an index, to be killed while it does.</summary>
public static class IndexBuildProcess
{
    public static async Task PlayAsync(string orders)
    {
        string[] lines = await File.ReadAllLinesAsync(orders);
        await using IndexSite site = new(int.Parse(lines[0], CultureInfo.InvariantCulture), lines[1], new DatabaseLogin(lines[2], lines[3]), new DatabaseLogin(lines[4], lines[5]));
        Console.WriteLine((await site.BuildAsync(lines[6], [lines[7]], CancellationToken.None)).Status);
    }

    /// <summary>What it is to do.</summary>
    internal static string Orders(DatabasePair pair, string table, string column) => string.Join(
        '\n', pair.Replica.Port.ToString(CultureInfo.InvariantCulture), pair.Replica.Database, pair.Replica.Reader.User, pair.Replica.Reader.Password, pair.Accounts.Admin.User, pair.Accounts.Admin.Password, table, column);
}
