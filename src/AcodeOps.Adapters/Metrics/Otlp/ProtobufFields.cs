using System.Buffers.Binary;

namespace AcodeOps.Adapters.Metrics.Otlp;

/// <summary>One field of a Protocol Buffers message.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">Its value where it is a number.</param>
/// <param name="Bytes">Its content where it is a text or a message.</param>
internal readonly record struct ProtobufField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes);

/// <summary>Reads the fields of a Protocol Buffers message, whatever it is.</summary>
internal static class ProtobufFields
{
    /// <summary>The fields in their order.</summary>
    /// <exception cref="InvalidDataException">It is no such message.</exception>
    public static IReadOnlyList<ProtobufField> Of(ReadOnlyMemory<byte> message)
    {
        List<ProtobufField> fields = [];
        while (message.Length > 0)
        {
            ulong tag = Varint(ref message);
            int number = (int)(tag >> 3);
            fields.Add((tag & 7) switch
            {
                0 => new(number, Varint(ref message), default),
                1 => new(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8).Span), default),
                2 => new(number, 0, Take(ref message, Varint(ref message))),
                5 => new(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4).Span), default),
                _ => throw new InvalidDataException("It is no Protocol Buffers message."),
            });
        }

        return fields;
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> message, ulong length)
    {
        if (length > (ulong)message.Length)
        {
            throw new InvalidDataException("A Protocol Buffers message ends within a field.");
        }

        ReadOnlyMemory<byte> taken = message[..(int)length];
        message = message[(int)length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(ref message, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A Protocol Buffers message has a number that is too long.");
    }
}
