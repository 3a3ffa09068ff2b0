namespace AcodeOps.Lab.Servers.Databases;

/// <summary>Which of the two servers the lab's sources are.</summary>
public enum DatabaseFlavor
{
    MySql,
    MariaDb,
}
