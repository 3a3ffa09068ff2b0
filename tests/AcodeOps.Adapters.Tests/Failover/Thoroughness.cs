namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>
/// How long the long series are. By default they are cut so that all tests together stay well under an hour on two cores;
/// with <c>ACODE_TEST_THOROUGH=1</c> they run in full length.
/// </summary>
internal static class Thoroughness
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ACODE_TEST_THOROUGH") == "1";

    /// <summary>The writes of a journal that a process is killed at: every one in full, else some, from a random one on, which is told.</summary>
    /// <param name="usualStep">How many writes it is from one to the next.</param>
    public static IEnumerable<int> KillPoints(int usualStep)
    {
        int step = IsFull ? 1 : usualStep;
        int first = Random.Shared.Next(1, step + 1);
        TestContext.Current.TestOutputHelper!.WriteLine($"killed at write {first} and then at each {step} further");
        for (int write = first; ; write += step)
        {
            yield return write;
        }
    }
}
