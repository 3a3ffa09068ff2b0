using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Amazon.SecretsManager.Internal;

/// <summary>How the service's messages are written.</summary>
internal static class ModelJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSeconds(), new Base64Stream() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyModelMembers } },
    };

    // The SDK's base classes have members of their own that are no part of a message.
    private static void OnlyModelMembers(JsonTypeInfo info)
    {
        for (int i = info.Properties.Count - 1; i >= 0; i--)
        {
            if (info.Properties[i].AttributeProvider is System.Reflection.MemberInfo member && member.DeclaringType!.Namespace != "Amazon.SecretsManager.Model")
            {
                info.Properties.RemoveAt(i);
            }
        }
    }

    private sealed class EpochSeconds : JsonConverter<DateTime>
    {
        // The service tells milliseconds; adding seconds as floating point would lose some.
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTime.UnixEpoch.AddMilliseconds(Math.Round(reader.GetDouble() * 1000));

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteNumberValue((value.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
    }

    private sealed class Base64Stream : JsonConverter<MemoryStream>
    {
        public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.ToArray());
    }
}
