using System.Management.Automation;
using AcodeOps.Secrets;

namespace AcodeOps.Shell;

/// <summary>What AWS.Tools.Common has set in this session.</summary>
internal static class AwsToolsSession
{
    public static AwsSession? Find(SessionState session) => null;
}
