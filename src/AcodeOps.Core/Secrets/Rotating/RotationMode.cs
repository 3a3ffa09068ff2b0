namespace AcodeOps;

/// <summary>How a source's password is replaced.</summary>
public enum RotationMode
{
    /// <summary>By what the source is: the partner's, rotated by a Lambda, with two passwords, or by two users.</summary>
    Automatic,

    /// <summary>The account has both passwords for a while: MySQL 8.0.14 and later.</summary>
    DualPassword,

    /// <summary>Two users take turns: MariaDB, and where two passwords cannot be had.</summary>
    AlternatingUser,

    /// <summary>The server is somebody else's: they are asked for a new password, and what they hand over is taken over.</summary>
    Partner,

    /// <summary>The secret's own Lambda changes the password; the rest follows it.</summary>
    Lambda,
}
