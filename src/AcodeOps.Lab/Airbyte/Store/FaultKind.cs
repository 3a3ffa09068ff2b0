namespace AcodeOps.Lab.Airbyte.Store;

internal enum FaultKind
{
    /// <summary>The next requests are answered wrongly, or late.</summary>
    Http,

    /// <summary>The next attempt never ends by itself.</summary>
    JobHang,

    /// <summary>The next attempt succeeds without having moved a row.</summary>
    JobZeroRows,

    /// <summary>The next attempt fails after some rows.</summary>
    JobFail,

    /// <summary>The next attempt is slow.</summary>
    JobSlow,

    /// <summary>A source or destination cannot be reached from Airbyte (though it may be from here).</summary>
    Unreachable,
}
