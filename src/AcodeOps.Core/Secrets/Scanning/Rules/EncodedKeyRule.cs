using System.Buffers.Text;
using System.Text;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>A private key as PEM that is base64 once more, as kubeconfig files and manifests have it.</summary>
internal sealed class EncodedKeyRule : SecretRule
{
    // What "-----BEGIN" is in base64.
    private const string Start = "LS0tLS1CRUdJTi";
    private const int Taken = 64;

    public override string Id => "PrivateKey";

    public override RuleTrust Trust => RuleTrust.Format;

    public override string Kind => "A private key";

    public override IReadOnlyList<string> Keywords { get; } = [Start];

    public override void Look(in Spot spot, MatchList matches)
    {
        ReadOnlySpan<char> text = spot.Text[spot.At..Math.Min(spot.Text.Length, spot.At + Taken)];
        Span<byte> encoded = stackalloc byte[Taken], decoded = stackalloc byte[Taken];
        encoded = encoded[..Encoding.ASCII.GetBytes(text, encoded)];
        if (encoded.Length == Taken
            && Base64.DecodeFromUtf8(encoded, decoded, out _, out int length) == System.Buffers.OperationStatus.Done
            && decoded[..length].IndexOf("PRIVATE KEY"u8) > 0)
        {
            matches.Add(this, spot, spot.At, Taken);
        }
    }
}
