namespace AcodeOps.Lab.Airbyte;

/// <summary>A MySQL source as Airbyte is told of it.</summary>
public sealed record MySqlEndpoint(string Host, int Port, string Database, string UserName, string Password);
