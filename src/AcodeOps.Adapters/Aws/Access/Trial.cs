using AcodeOps.Access;

namespace AcodeOps.Adapters.Aws.Access;

/// <summary>Results of trying permissions.</summary>
internal static class Trial
{
    public static AccessTrial Allowed(string evidence) => new(AccessAnswer.Allowed, evidence);

    public static AccessTrial Denied(string evidence) => new(AccessAnswer.Denied, evidence);

    public static AccessTrial Unknown(string evidence) => new(AccessAnswer.Unknown, evidence);

    /// <summary>Calls, and judges how the call was refused: by a want of permission, or by what makes it harmless.</summary>
    /// <param name="what">The call, in a few words.</param>
    /// <param name="call">The call.</param>
    /// <param name="proofs">The ids of the failures that only somebody meets who is allowed.</param>
    /// <param name="success">What it means when the call succeeds.</param>
    public static async Task<AccessTrial> OfAsync(string what, Func<Task> call, IReadOnlyCollection<string> proofs, AccessTrial? success = null)
    {
        try
        {
            await call().ConfigureAwait(false);
            return success ?? Allowed($"{what}: done");
        }
        catch (AcodeException failure) when (failure.Cause == FailureClass.Permission)
        {
            return Denied($"{what}: {failure.Id}");
        }
        catch (AcodeException failure) when (proofs.Contains(failure.Id))
        {
            return Allowed($"{what}: {failure.Id}, as for whoever may");
        }
        catch (AcodeException failure)
        {
            return Unknown($"{what}: {failure.Id} ({failure.Cause})");
        }
    }
}
