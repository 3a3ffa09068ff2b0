using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Secrets;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Hardening;

/// <summary>A server whose answer does not end must not fill the memory of whoever asks it.</summary>
public sealed class EndlessAnswerTests
{
    private const long TooMuch = 200L << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Func<Uri, Task>> Questions = new()
    {
        ["a listing"] = async url => await AwsFixture.Store("lake", AwsFixture.Account(url)).ListAsync("", cancel: Cancel).FirstOrDefaultAsync(Cancel),
        ["a secret"] = url => new CredentialStore(Account(url)).ReadAsync(HeldCredential.Reference, Cancel),
        ["the caller"] = url => new StsCallerIdentity(Account(url)).ReadAsync(Cancel),
    };

    public static TheoryData<string> Names => [.. Questions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_cut_off_and_is_no_outage(string question)
    {
        long sent = 0;
        using RawServer server = new(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<a>"u8.ToArray());
            byte[] piece = new byte[1 << 20];
            Array.Fill(piece, (byte)'x');
            try
            {
                while (Volatile.Read(ref sent) < TooMuch)
                {
                    await stream.WriteAsync(piece);
                    Interlocked.Add(ref sent, piece.Length);
                }
            }
            catch (IOException)
            {
                // The client has hung up.
            }
        });

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => Questions[question](server.Url));

        Assert.False(failure.Cause.IsOutage(), $"{failure.Id}: {failure.Cause}");
        Assert.True(Volatile.Read(ref sent) < TooMuch, "The client took it all.");
    }

    private static AwsAccount Account(Uri url) => new(
        new AwsDefinition { Region = "us-east-2", Endpoints = new AwsEndpoints { SecretsManager = url, Sts = url } },
        new AwsSession(() => new AwsKeys("AKIDEXAMPLE", new SecretText("canary"), null), null));
}
