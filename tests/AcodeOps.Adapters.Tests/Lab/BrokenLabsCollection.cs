namespace AcodeOps.Adapters.Tests.Lab;

/// <summary>Tests on the broken labs run one after the other.</summary>
[CollectionDefinition("broken labs")]
public sealed class BrokenLabsCollection : ICollectionFixture<BrokenLabs>;
