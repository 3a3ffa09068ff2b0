namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>The smallest environment there is.</summary>
internal static class TestEnvironment
{
    public static AcodeEnvironment With(AwsDefinition aws) => new()
    {
        Name = "test",
        Path = "acode.yaml",
        Aws = aws,
        Sources = [],
        Storages = [],
        Routes = [],
        Tables = [],
        Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
    };
}
