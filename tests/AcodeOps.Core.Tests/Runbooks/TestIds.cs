namespace AcodeOps.Core.Tests.Runbooks;

/// <summary>ULIDs of their instant, each greater than the one before.</summary>
internal sealed class TestIds : IIdentifierSource
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private long _last;

    public string Next(DateTimeOffset at) => Text(at.ToUnixTimeMilliseconds(), 10) + Text(Interlocked.Increment(ref _last), 16);

    private static string Text(long number, int length) => length == 0 ? "" : Text(number / 32, length - 1) + Digits[(int)(number % 32)];
}
