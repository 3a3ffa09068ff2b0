namespace AcodeOps.Alerts.Outages;

/// <summary>How far an outage is.</summary>
/// <param name="Setting">The environment that it happens to.</param>
/// <param name="Collection">The collection that looks, from 0.</param>
/// <param name="Progress">How far it is: 0 at its begin, 1 at its end.</param>
internal sealed record OutageMoment(AlertSetting Setting, int Collection, double Progress)
{
    /// <summary>A figure that grows from a little below a limit to well beyond it.</summary>
    public double Beyond(double limit) => limit * (0.9 + (0.4 * Progress));
}
