namespace AcodeOps.Adapters.Tests.Failover;

/// <summary>
/// How long the long series are. By default they are cut so that all tests together stay well under an hour on two cores;
/// with <c>ACODE_TEST_THOROUGH=1</c> they run in full length.
/// </summary>
internal static class Thoroughness
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ACODE_TEST_THOROUGH") == "1";
}
