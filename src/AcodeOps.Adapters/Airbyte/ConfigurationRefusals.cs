namespace AcodeOps.Adapters.Airbyte;

/// <summary>That Airbyte does not take a configuration, in the product's words.</summary>
internal static class ConfigurationRefusals
{
    /// <summary>True for the server's word that something is wrong with what was sent.</summary>
    public static bool IsRefusal(AcodeException failure) => failure.Id == "AirbyteRequestRejected";

    /// <param name="kind">What was to be made, changed or checked.</param>
    /// <param name="name">Its name, or its id where only that is known.</param>
    /// <param name="refusal">The server's word, without secrets.</param>
    public static AcodeException Of(ConfiguredKind kind, string name, AcodeException refusal)
    {
        string what = $"{kind.Word()} '{ServerText.Shown(name)}'";
        return new("ConfigurationRefused", FailureClass.InvalidInput, $"Airbyte does not take the configuration of the {what}. {refusal.Message}", refusal)
        {
            Advice = "Correct the file; Test-AcodeConfiguration tells what the connector takes.",
            Subject = what,
        };
    }
}
