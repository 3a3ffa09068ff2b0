using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using AcodeOps.Module.Tests.Hosting;
using Amazon.Runtime;

namespace AcodeOps.Module.Tests.Secrets;

/// <summary>
/// What AWS.Tools.Common leaves in a session is taken over. The module itself is in the PowerShell Gallery only, not on
/// NuGet, so its wrapper is played by a class with the same members; the credentials in it are those of AWSSDK.Core
/// 4.0.3.3, as AWS.Tools brings it, from another load context than the module's.
/// </summary>
public sealed class AwsToolsSessionTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Keys_of_another_versions_SDK_are_read()
    {
        using OtherSdk sdk = new();
        _session.With("StoredAWSCredentials", new AWSPSCredentials(sdk.SessionCredentials("AKOTHER", "s", "t"), "night")).With("StoredAWSRegion", "us-east-2");
        dynamic found = Find()!;
        Assert.Equal("us-east-2", (string)found.Region);
        dynamic keys = found.ReadKeys();
        Assert.Equal("AKOTHER", (string)keys.AccessKeyId);
        Assert.Equal("s", (string)keys.SecretAccessKey.Reveal());
        Assert.Equal("t", (string)keys.SessionToken.Reveal());
    }

    [Fact]
    public void Temporary_keys_are_asked_for_each_time()
    {
        _session.With("StoredAWSCredentials", PSObject.AsPSObject(new AWSPSCredentials(new Changing(), "role")));
        dynamic found = Find()!;
        Assert.Null((string?)found.Region);
        Assert.Equal("AK1", (string)found.ReadKeys().AccessKeyId);
        Assert.Equal("AK2", (string)found.ReadKeys().AccessKeyId);
        Assert.Null((object?)found.ReadKeys().SessionToken);
    }

    [Fact]
    public void Credentials_without_the_wrapper_are_taken_as_they_are()
    {
        _session.With("StoredAWSCredentials", new BasicAWSCredentials("AKBARE", "s"));
        Assert.Equal("AKBARE", (string)((dynamic)Find()!).ReadKeys().AccessKeyId);
    }

    [Fact]
    public void A_region_alone_is_enough()
    {
        _session.With("StoredAWSRegion", "sa-east-1");
        dynamic found = Find()!;
        Assert.Null((object?)found.ReadKeys);
        Assert.Equal("sa-east-1", (string)found.Region);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("not credentials", "")]
    public void Nothing_of_use_is_nothing(string? credentials, string? region)
    {
        _session.With("StoredAWSCredentials", credentials!).With("StoredAWSRegion", region!);
        Assert.Null(Find());
    }

    [Fact]
    public void Credentials_that_fail_say_so_without_their_own_words()
    {
        _session.With("StoredAWSCredentials", new AWSPSCredentials(new Failing(), "broken"));
        dynamic found = Find()!;
        Exception failure = Assert.ThrowsAny<Exception>(() => found.ReadKeys());
        Assert.Equal("AwsSessionUnusable", (string)((dynamic)failure).Id);
        Assert.DoesNotContain(Failing.Words, failure.ToString(), StringComparison.Ordinal);
    }

    private object? Find()
    {
        object state = _session.Run("$ExecutionContext.SessionState").Only.BaseObject;
        var module = (Assembly)_session.Run("(Get-Module AcodeOps).ImplementingAssembly").Only.BaseObject;
        return module.GetType("AcodeOps.Shell.AwsToolsSession", throwOnError: true)!.GetMethod("Find")!.Invoke(null, [state]);
    }

    /// <summary>The wrapper of AWS.Tools.Common: what is in it is not public there either.</summary>
    private sealed class AWSPSCredentials(object credentials, string name)
    {
        internal object Credentials { get; } = credentials;

        public override string ToString() => name;
    }

    private sealed class Changing : AWSCredentials
    {
        private int _turn;

        public override ImmutableCredentials GetCredentials() => new($"AK{++_turn}", "s", null);
    }

    private sealed class Failing : AWSCredentials
    {
        public const string Words = "what the other product says";

        public override ImmutableCredentials GetCredentials() => throw new InvalidOperationException(Words);
    }

    /// <summary>AWSSDK.Core 4.0.3.3, in a load context of its own.</summary>
    private sealed class OtherSdk : IDisposable
    {
        private readonly AssemblyLoadContext _context = new("another SDK", isCollectible: true);
        private readonly Assembly _core;

        public OtherSdk()
        {
            string packages = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
            _core = _context.LoadFromAssemblyPath(Path.Combine(packages, "awssdk.core", "4.0.3.3", "lib", "net8.0", "AWSSDK.Core.dll"));
        }

        public object SessionCredentials(string accessKey, string secretKey, string token)
        {
            Type type = _core.GetType(typeof(SessionAWSCredentials).FullName!, throwOnError: true)!;
            Assert.NotEqual(typeof(SessionAWSCredentials), type);
            return Activator.CreateInstance(type, accessKey, secretKey, token)!;
        }

        public void Dispose() => _context.Unload();
    }
}
