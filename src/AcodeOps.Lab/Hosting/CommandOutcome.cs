namespace AcodeOps.Lab.Hosting;

/// <summary>What a command says of itself at its end, by way of <c>$Host.PrivateData</c>.</summary>
public sealed class CommandOutcome
{
    /// <summary><c>$?</c> after the last statement.</summary>
    public bool Succeeded { get; set; } = true;
}
