namespace AcodeOps.Lab.Servers.Databases;

/// <summary>A database user of the lab; the password is made at the start of the lab and dies with it.</summary>
public sealed record DatabaseLogin(string User, string Password)
{
    /// <summary>The user with a new random password.</summary>
    public static DatabaseLogin WithNewPassword(string user) => new(user, LabPassword.New());
}
