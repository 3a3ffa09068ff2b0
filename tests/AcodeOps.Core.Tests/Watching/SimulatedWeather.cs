namespace AcodeOps.Core.Tests.Watching;

/// <summary>
/// What befalls a simulated installation, one thing after the other with pauses in between, as chance wants it: all that looks
/// like an outage and is none, and now and then a real one.
/// </summary>
internal sealed class SimulatedWeather(SimulatedSite site, Random random)
{
    private static readonly FailureClass[] Outages = [FailureClass.ConnectionRefused, FailureClass.Unreachable, FailureClass.Timeout, FailureClass.ServerFault];
    private readonly int _needed = site.Installation.Environment.Watch.FailedProbes;
    private Func<int, bool> _episode = _ => false;
    private int _step;

    /// <summary>The part that is really down now; null while none is.</summary>
    public RecoveryPart? Down { get; private set; }

    /// <summary>For how many looks it has been down.</summary>
    public int DownFor { get; private set; }

    /// <summary>How many real outages have begun.</summary>
    public int RealOutages { get; private set; }

    /// <summary>How many things have happened that are no outage, by their name.</summary>
    public Dictionary<string, int> Alarms { get; } = [];

    /// <summary>Lets the time of one look pass.</summary>
    public void Pass()
    {
        Clear();
        if (!_episode(_step++))
        {
            Clear();
            (Down, DownFor) = (null, 0);
            _step = 0;
            int pause = random.Next(1, 60);
            _episode = random.Next(3) == 0 ? Next() : step => step < pause;
            return;
        }

        DownFor = Down is null ? 0 : DownFor + 1;
    }

    private void Clear()
    {
        site.Faults.Clear();
        (site.Hears, site.TellsContact, site.LagSeconds) = (true, true, 0);
    }

    private Func<int, bool> Next()
    {
        int steps = random.Next(12, 120);
        FailureClass cause = Outages[random.Next(Outages.Length)];
        RecoveryPart any = (RecoveryPart)random.Next(5);
        return random.Next(10) switch
        {
            0 => Named("flapping", Flapping(steps, cause, RecoveryPart.PrimarySource)),
            1 => Named("a flapping bucket", Flapping(steps, FailureClass.ServerFault, RecoveryPart.PrimaryStorage)),
            2 => Named("slow answers", While(steps, RecoveryPart.PrimarySource, Verdict.Failed, FailureClass.Timeout)),
            3 => Named("a broken path", While(steps, RecoveryPart.PrimarySource, Verdict.Failed, FailureClass.Unreachable)),
            4 => Named("a wrong password", While(steps, any, Verdict.Unknown, FailureClass.Authentication)),
            5 => Named("too many connections", While(steps, any, Verdict.Degraded, FailureClass.TooManyConnections)),
            6 => Named("a name that does not resolve", While(steps, any, Verdict.Unknown, FailureClass.NameNotResolved)),
            7 => Named("a bucket that is gone", While(steps, RecoveryPart.PrimaryStorage, Verdict.Failed, FailureClass.NotFound)),
            8 => Real(steps, RecoveryPart.PrimarySource, cause),
            _ => Real(steps, RecoveryPart.PrimaryStorage, FailureClass.ServerFault),
        };
    }

    private Func<int, bool> Named(string name, Func<int, bool> episode)
    {
        Alarms[name] = Alarms.GetValueOrDefault(name) + 1;
        return episode;
    }

    private Func<int, bool> While(int steps, RecoveryPart part, Verdict verdict, FailureClass cause) => step =>
    {
        site.Faults[part] = (verdict, cause);
        return step < steps;
    };

    // Up to one look fewer than must fail, and then a good one: the replica knows nothing of it, and is no help.
    private Func<int, bool> Flapping(int steps, FailureClass cause, RecoveryPart part)
    {
        int left = random.Next(1, _needed);
        return step =>
        {
            if (left-- > 0)
            {
                site.Faults[part] = (Verdict.Failed, cause);
            }
            else
            {
                left = random.Next(1, _needed);
            }

            site.TellsContact = false;
            return step < steps;
        };
    }

    private Func<int, bool> Real(int steps, RecoveryPart part, FailureClass cause)
    {
        RealOutages++;
        return step =>
        {
            Down = part;
            site.Faults[part] = (Verdict.Failed, cause);
            site.Hears = part != RecoveryPart.PrimarySource;
            return step < steps;
        };
    }
}
