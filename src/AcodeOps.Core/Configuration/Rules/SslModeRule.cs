using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>How a source's connection is encrypted.</summary>
internal sealed class SslModeRule : ConfigurationRule
{
    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        string? mode = context.Text("ssl_mode", "mode");
        if (context.IsMySql && mode is null or "preferred")
        {
            yield return (RuleContext.At("ssl_mode", "mode"), new("TlsNotRequired", "A server, or somebody in between, that offers no encryption is read in the clear.", FindingSeverity.Warning)
            {
                Current = mode,
                Proposed = "verify_identity",
                Remedy = "Write ssl_mode: { mode: verify_identity, ca_certificate: … }, or at least mode: required.",
            });
        }
    }
}
