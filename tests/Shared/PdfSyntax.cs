using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Loyalty.Tests;

internal sealed record PdfName(string Value);

internal sealed record PdfOperator(string Value);

internal sealed record PdfReference(int Number);

internal sealed record PdfStream(Dictionary<string, object?> Dictionary, byte[] Bytes);

/// <summary>
/// The objects of a PDF and the operators of its pages, as ISO 32000-1 chapter 7 writes them, so far as Chromium uses
/// them: a plain cross-reference table, no object streams, no encryption, Flate as the one filter.
/// </summary>
internal sealed class PdfSyntax(byte[] bytes, int position = 0)
{
    private const string Delimiters = "()<>[]{}/%";

    private int _position = position;
    private readonly Dictionary<int, int> _offsets = [];
    private readonly Dictionary<int, object?> _read = [];

    public bool AtEnd
    {
        get
        {
            SkipSpace();
            return _position >= bytes.Length;
        }
    }

    public static PdfSyntax Open(byte[] bytes, out Dictionary<string, object?> trailer)
    {
        var tail = Encoding.Latin1.GetString(bytes);
        var table = int.Parse(tail[(tail.LastIndexOf("startxref", StringComparison.Ordinal) + 9)..].Split('\n', StringSplitOptions.RemoveEmptyEntries)[0].Trim(), CultureInfo.InvariantCulture);
        var syntax = new PdfSyntax(bytes, table);
        syntax.Expect("xref");
        while (syntax.Next() is double first)
        {
            var count = (double)syntax.Next()!;
            for (var i = 0; i < count; i++)
            {
                var offset = (int)(double)syntax.Next()!;
                syntax.Next();
                if (syntax.Next() is PdfOperator { Value: "n" })
                {
                    syntax._offsets[(int)first + i] = offset;
                }
            }
        }

        trailer = (Dictionary<string, object?>)syntax.Next()!;
        return syntax;
    }

    public object? Resolve(object? value)
    {
        while (value is PdfReference { Number: var number })
        {
            if (!_read.TryGetValue(number, out var found))
            {
                found = _offsets.TryGetValue(number, out var offset) ? ReadObject(offset) : null;
                _read[number] = found;
            }

            value = found;
        }

        return value;
    }

    public object? Get(object? dictionary, string key) => Resolve(dictionary) switch
    {
        Dictionary<string, object?> entries => Resolve(entries.GetValueOrDefault(key)),
        PdfStream stream => Resolve(stream.Dictionary.GetValueOrDefault(key)),
        _ => null,
    };

    /// <summary>The next object or operator; null for the object null.</summary>
    public object? Next()
    {
        SkipSpace();
        switch ((char)bytes[_position])
        {
            case '/':
                _position++;
                return new PdfName(Word());
            case '(':
                return LiteralString();
            case '[':
                _position++;
                return ReadArray();
            case '<' when bytes[_position + 1] == '<':
                _position += 2;
                return ReadDictionary();
            case '<':
                return HexString();
        }

        var word = Word();
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return word switch { "true" => true, "false" => false, "null" => null, _ => new PdfOperator(word) };
    }

    public static string Text(object? value) => value switch
    {
        byte[] and [0xFE, 0xFF, .. var utf16] => Encoding.BigEndianUnicode.GetString(utf16),
        byte[] other => Encoding.Latin1.GetString(other),
        _ => "",
    };

    private object? ReadObject(int offset)
    {
        var reader = new PdfSyntax(bytes, offset);
        reader.Next();
        reader.Next();
        reader.Expect("obj");
        var value = reader.Next();
        if (value is not Dictionary<string, object?> dictionary || reader.Next() is not PdfOperator { Value: "stream" })
        {
            return value;
        }

        var start = reader.SkipLineEnd();
        var raw = bytes.AsSpan(start, (int)(double)Resolve(dictionary["Length"])!).ToArray();
        return new PdfStream(dictionary, dictionary.ContainsKey("Filter") ? Inflate(raw) : raw);
    }

    private static byte[] Inflate(byte[] raw)
    {
        using var source = new ZLibStream(new MemoryStream(raw), CompressionMode.Decompress);
        using var target = new MemoryStream();
        source.CopyTo(target);
        return target.ToArray();
    }

    private int SkipLineEnd()
    {
        _position += bytes[_position] == '\r' ? 2 : 1;
        return _position;
    }

    private void Expect(string word)
    {
        if (Next() is not PdfOperator found || found.Value != word)
        {
            throw new InvalidDataException($"Expected {word} before byte {_position}.");
        }
    }

    private List<object?> ReadArray()
    {
        var items = new List<object?>();
        for (SkipSpace(); bytes[_position] != ']'; SkipSpace())
        {
            items.Add(Next());
            FoldReference(items);
        }

        _position++;
        return items;
    }

    private Dictionary<string, object?> ReadDictionary()
    {
        var flat = new List<object?>();
        for (SkipSpace(); bytes[_position] != '>'; SkipSpace())
        {
            flat.Add(Next());
            FoldReference(flat);
        }

        _position += 2;
        return flat.Chunk(2).ToDictionary(pair => ((PdfName)pair[0]!).Value, pair => pair[1]);
    }

    private static void FoldReference(List<object?> items)
    {
        if (items is [.., double number, double, PdfOperator { Value: "R" }])
        {
            items.RemoveRange(items.Count - 3, 3);
            items.Add(new PdfReference((int)number));
        }
    }

    private byte[] HexString()
    {
        var end = Array.IndexOf(bytes, (byte)'>', _position);
        var digits = Encoding.ASCII.GetString(bytes, _position + 1, end - _position - 1);
        _position = end + 1;
        return Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits + "0");
    }

    private byte[] LiteralString()
    {
        var text = new List<byte>();
        var depth = 0;
        do
        {
            var current = bytes[_position++];
            switch ((char)current)
            {
                case '(' when depth++ == 0:
                case ')' when --depth == 0:
                    continue;
                case '\\':
                    text.Add(Escaped());
                    continue;
                default:
                    text.Add(current);
                    continue;
            }
        }
        while (depth > 0);

        return [.. text];
    }

    private byte Escaped()
    {
        var current = (char)bytes[_position++];
        if (current is not (>= '0' and <= '7'))
        {
            return (byte)(current switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => current });
        }

        var value = current - '0';
        for (var digits = 1; digits < 3 && bytes[_position] is >= (byte)'0' and <= (byte)'7'; digits++)
        {
            value = (value * 8) + (bytes[_position++] - '0');
        }

        return (byte)value;
    }

    private string Word()
    {
        var start = _position;
        while (_position < bytes.Length && bytes[_position] > ' ' && !Delimiters.Contains((char)bytes[_position]))
        {
            _position++;
        }

        if (_position == start)
        {
            throw new InvalidDataException($"No object at byte {_position}.");
        }

        return Encoding.Latin1.GetString(bytes, start, _position - start);
    }

    private void SkipSpace()
    {
        while (_position < bytes.Length && bytes[_position] is <= (byte)' ' or (byte)'%')
        {
            if (bytes[_position] == '%')
            {
                _position = Array.IndexOf(bytes, (byte)'\n', _position);
            }

            _position++;
        }
    }
}
