namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>
/// How long the long series are. By default they are cut so that all tests together stay well under an hour on two cores;
/// with <c>ACODE_TEST_THOROUGH=1</c> they run in full length.
/// </summary>
internal static class Thoroughness
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ACODE_TEST_THOROUGH") == "1";

    /// <summary>The writes of a journal that a process is killed at: every one in full, else every third from a random one on, which is told.</summary>
    public static IEnumerable<int> KillPoints()
    {
        const int Third = 3;
        int first = IsFull ? 1 : Random.Shared.Next(1, Third + 1);
        TestContext.Current.TestOutputHelper!.WriteLine($"killed at write {first} and at every {(IsFull ? "one" : "third")} after it");
        for (int write = first; ; write += IsFull ? 1 : Third)
        {
            yield return write;
        }
    }
}
