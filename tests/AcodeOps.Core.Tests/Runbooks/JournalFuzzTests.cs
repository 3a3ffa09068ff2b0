using AcodeOps.Adapters.Tests.Fuzzing;

namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>Journals that are damaged: the run as far as it can be told, or a refusal with an id; never another exception. And never is one resumed that cannot be read.</summary>
public sealed class JournalFuzzTests
{
    private const int Rounds = 2_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_damaged_journal_is_read_or_refused()
    {
        TestSite site = new();
        site.AuditBucket.Fault = new AcodeException("StorageUnreachable", FailureClass.Unreachable, "The storage is away.");
        RunbookRun run = await site.NewProcess().StartAsync();
        List<byte[]> lines = site.LinesOf(run.RunId);
        byte[][] whole = [.. lines];
        Damaging damaging = new();
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int at = damaging.Next(whole.Length);
            switch (damaging.Next(4))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, whole[damaging.Next(whole.Length)]);
                    break;
                case 2:
                    lines[at] = damaging.Bytes(lines[at]);
                    break;
                default:
                    lines[at] = System.Text.Encoding.UTF8.GetBytes(damaging.Json(System.Text.Encoding.UTF8.GetString(lines[at])));
                    break;
            }

            try
            {
                await site.NewProcess().Reader.FindAsync(run.RunId, Cancel);
            }
            catch (AcodeException refusal)
            {
                Assert.False(string.IsNullOrEmpty(refusal.Id));
                refused++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"seed {damaging.Seed}, round {round}: {e}\n{string.Join('\n', lines.Select(System.Text.Encoding.UTF8.GetString))}");
            }

            lines.Clear();
            lines.AddRange(whole);
        }

        Assert.InRange(refused, Rounds / 10, Rounds);
    }
}
