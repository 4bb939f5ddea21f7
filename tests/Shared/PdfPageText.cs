using System.Numerics;
using System.Text;

namespace Loyalty.Tests;

/// <summary>Follows the text operators of one page (ISO 32000-1, chapter 9) and writes down what they show.</summary>
internal sealed class PdfPageText
{
    private readonly PdfSyntax _pdf;
    private readonly StringBuilder _text = new();
    private readonly Stack<Matrix3x2> _saved = new();
    private Matrix3x2 _user = Matrix3x2.Identity;
    private Matrix3x2 _line = Matrix3x2.Identity;
    private Font? _font;
    private float _size = 1;
    private float _advance;
    private Vector2 _end = new(float.NaN);

    // Marked content may state its text outright (a ligature is one glyph and two letters); its glyphs then only move on.
    private readonly Stack<bool> _stated = new();

    private PdfPageText(PdfSyntax pdf) => _pdf = pdf;

    public static string Read(PdfSyntax pdf, object? page)
    {
        var reader = new PdfPageText(pdf);
        reader.Run((PdfStream)pdf.Get(page, "Contents")!, pdf.Get(page, "Resources"));
        return reader._text.ToString();
    }

    private void Run(PdfStream content, object? resources)
    {
        var syntax = new PdfSyntax(content.Bytes);
        var operands = new List<object?>();
        while (!syntax.AtEnd)
        {
            var next = syntax.Next();
            if (next is not PdfOperator { Value: var name })
            {
                operands.Add(next);
                continue;
            }

            Apply(name, operands, resources);
            operands.Clear();
        }
    }

    private void Apply(string name, List<object?> operands, object? resources)
    {
        switch (name)
        {
            case "q":
                _saved.Push(_user);
                break;
            case "Q":
                _user = _saved.Pop();
                break;
            case "cm":
                _user = MatrixOf(operands) * _user;
                break;
            case "Do" when _pdf.Get(_pdf.Get(resources, "XObject"), NameOf(operands[0])) is PdfStream form && _pdf.Get(form, "Subtype") is PdfName { Value: "Form" }:
                _saved.Push(_user);
                Run(form, _pdf.Get(form, "Resources") ?? resources);
                _user = _saved.Pop();
                break;
            case "BT":
                _line = Matrix3x2.Identity;
                _advance = 0;
                break;
            case "Tf":
                _font = new Font(_pdf, _pdf.Get(_pdf.Get(resources, "Font"), NameOf(operands[0])));
                _size = Number(operands[1]);
                break;
            case "Tm":
                _line = MatrixOf(operands);
                _advance = 0;
                break;
            case "Td":
                _line = Matrix3x2.CreateTranslation(Number(operands[0]), Number(operands[1])) * _line;
                _advance = 0;
                break;
            case "Tj":
                Show((byte[])operands[0]!);
                break;
            case "TJ":
                ShowAll((List<object?>)operands[0]!);
                break;
            case "BDC" or "BMC":
                Begin(operands is [_, Dictionary<string, object?> properties] ? properties.GetValueOrDefault("ActualText") : null);
                break;
            case "EMC":
                _stated.Pop();
                break;
        }
    }

    private void ShowAll(List<object?> items)
    {
        foreach (var item in items)
        {
            if (item is byte[] codes)
            {
                Show(codes);
            }
            else
            {
                _advance -= Number(item) / 1000 * _size;
            }
        }
    }

    private void Begin(object? text)
    {
        _stated.Push(text is not null);
        if (text is not null)
        {
            Append(PdfSyntax.Text(text));
        }
    }

    private void Show(byte[] codes)
    {
        foreach (var code in _font!.Codes(codes))
        {
            var start = Here;
            if (!_stated.Contains(true))
            {
                Append(_font.Text(code));
            }

            _advance += _font.Width(code) / 1000 * _size;
            _end = start with { X = Here.X };
        }
    }

    private Vector2 Here => Vector2.Transform(new Vector2(_advance, 0), _line * _user);

    private void Append(string text)
    {
        var size = _size * MathF.Abs((_line * _user).M22);
        if (_text.Length > 0 && MathF.Abs(Here.Y - _end.Y) > size * 0.5f)
        {
            _text.Append('\n');
        }
        else if (_text.Length > 0 && MathF.Abs(Here.X - _end.X) > size * 0.5f && !char.IsWhiteSpace(_text[^1]))
        {
            _text.Append(' ');
        }

        _text.Append(text);
        _end = Here;
    }

    private static string NameOf(object? value) => ((PdfName)value!).Value;

    private static float Number(object? value) => (float)(double)value!;

    private static Matrix3x2 MatrixOf(List<object?> o) =>
        new(Number(o[0]), Number(o[1]), Number(o[2]), Number(o[3]), Number(o[4]), Number(o[5]));

    private sealed class Font
    {
        private readonly Dictionary<int, string> _text = [];
        private readonly Dictionary<int, float> _widths = [];
        private readonly int _codeLength;

        public Font(PdfSyntax pdf, object? font)
        {
            var descendant = pdf.Get(font, "DescendantFonts") is List<object?> and [var only] ? pdf.Resolve(only) : null;
            _codeLength = descendant is null ? 1 : 2;
            ReadWidths(pdf, pdf.Get(descendant, "W") as List<object?> ?? []);
            if (pdf.Get(font, "ToUnicode") is PdfStream map)
            {
                ReadMap(new PdfSyntax(map.Bytes));
            }
        }

        public IEnumerable<int> Codes(byte[] codes) => codes.Chunk(_codeLength).Select(Code);

        public string Text(int code) => _text.GetValueOrDefault(code, "\uFFFD");

        public float Width(int code) => _widths.GetValueOrDefault(code, 500);

        private static int Code(byte[] bytes) => bytes.Aggregate(0, (code, next) => (code << 8) | next);

        private void ReadWidths(PdfSyntax pdf, List<object?> widths)
        {
            for (var i = 0; i < widths.Count;)
            {
                var first = (int)Number(widths[i]);
                if (pdf.Resolve(widths[i + 1]) is List<object?> each)
                {
                    for (var j = 0; j < each.Count; j++)
                    {
                        _widths[first + j] = Number(each[j]);
                    }

                    i += 2;
                    continue;
                }

                for (var code = first; code <= Number(widths[i + 1]); code++)
                {
                    _widths[code] = Number(widths[i + 2]);
                }

                i += 3;
            }
        }

        private void ReadMap(PdfSyntax map)
        {
            var operands = new List<object?>();
            while (!map.AtEnd)
            {
                var next = map.Next();
                if (next is not PdfOperator { Value: var name })
                {
                    operands.Add(next);
                    continue;
                }

                if (name == "endbfchar")
                {
                    foreach (var pair in operands.Cast<byte[]>().Chunk(2))
                    {
                        _text[Code(pair[0])] = Encoding.BigEndianUnicode.GetString(pair[1]);
                    }
                }
                else if (name == "endbfrange")
                {
                    foreach (var range in operands.Cast<byte[]>().Chunk(3))
                    {
                        var start = Code(range[2]);
                        for (var code = Code(range[0]); code <= Code(range[1]); code++)
                        {
                            _text[code] = ((char)(start + code - Code(range[0]))).ToString();
                        }
                    }
                }

                operands.Clear();
            }
        }
    }
}
