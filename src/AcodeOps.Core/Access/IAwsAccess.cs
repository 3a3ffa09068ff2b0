namespace AcodeOps.Access;

/// <summary>Finds out what the present credentials may do at AWS. Nothing that it does changes anything.</summary>
public interface IAwsAccess
{
    /// <summary>
    /// Tries a permission by a real call that cannot succeed, or that only reads: a write whose checksum is wrong, a new value under the
    /// token of an old one, the deletion of what is not there.
    /// </summary>
    /// <returns>What came of it; Unknown, with why, where there is no harmless call, or the service did not answer.</returns>
    Task<AccessTrial> TryAsync(AwsPermission permission, CancellationToken cancel);

    /// <summary>Asks IAM's simulator, which knows the identity's own policies, and neither those of buckets and organizations.</summary>
    /// <param name="caller">The caller's ARN, as STS tells it.</param>
    /// <param name="permissions">What is asked.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>What it says of each; of some nothing.</returns>
    /// <exception cref="AcodeException">It may not be asked, or did not answer.</exception>
    Task<IReadOnlyDictionary<AwsPermission, AccessTrial>> SimulateAsync(string caller, IReadOnlyList<AwsPermission> permissions, CancellationToken cancel);
}
