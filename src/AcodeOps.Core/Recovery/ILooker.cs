namespace AcodeOps.Recovery;

/// <summary>Looks at the parts that a recovery turns on.</summary>
internal interface ILooker
{
    /// <summary>One look at everything, at once.</summary>
    Task<RecoveryLook> LookAsync(CancellationToken cancel);

    /// <summary>The routes; null where it is not known which of them is active.</summary>
    Task<IReadOnlyList<Route>?> RoutesAsync(CancellationToken cancel);
}
