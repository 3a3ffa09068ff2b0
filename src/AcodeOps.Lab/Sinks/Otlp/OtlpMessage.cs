using System.Buffers.Binary;
using System.Text;

namespace AcodeOps.Lab.Sinks.Otlp;

/// <summary>One message of Protocol Buffers, read to the letter: each field that is asked for must have its wire type, and one that nobody asks for is a fault.</summary>
internal sealed class OtlpMessage
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<(int Number, int WireType, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public OtlpMessage(ReadOnlyMemory<byte> bytes, string name, params int[] known)
    {
        Name = name;
        int at = 0;
        while (at < bytes.Length)
        {
            ulong tag = Varint(bytes.Span, ref at);
            int number = (int)(tag >> 3), wireType = (int)(tag & 7);
            ulong value = 0;
            ReadOnlyMemory<byte> content = default;
            switch (wireType)
            {
                case 0:
                    value = Varint(bytes.Span, ref at);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span.Slice(at, 8));
                    at += 8;
                    break;
                case 2:
                    int length = checked((int)Varint(bytes.Span, ref at));
                    content = bytes.Slice(at, length);
                    at += length;
                    break;
                case 5:
                    value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span.Slice(at, 4));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"{name} has a field of wire type {wireType}.");
            }

            if (!known.Contains(number))
            {
                throw new InvalidDataException($"{name} has no field {number}.");
            }

            _fields.Add((number, wireType, value, content));
        }
    }

    public string Name { get; }

    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    public IEnumerable<ReadOnlyMemory<byte>> Messages(int number) => Of(number, 2).Select(field => field.Bytes);

    public string Text(int number) => Messages(number).Select(bytes => Strict.GetString(bytes.Span)).LastOrDefault() ?? "";

    public ulong Varint(int number) => Of(number, 0).Select(field => field.Value).LastOrDefault();

    public ulong Fixed(int number) => Of(number, 1).Select(field => field.Value).LastOrDefault();

    private IEnumerable<(int Number, int WireType, ulong Value, ReadOnlyMemory<byte> Bytes)> Of(int number, int wireType) => _fields.Where(field => field.Number == number)
        .Select(field => field.WireType == wireType ? field : throw new InvalidDataException($"{Name} has its field {number} as wire type {field.WireType}."));

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is too long.");
    }
}
