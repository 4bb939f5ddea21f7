using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace Loyalty.Web.Ui;

public sealed partial class QrCode
{
    private string? _drawn;
    private string _path = "";
    private int _size;

    /// <summary>What the code says, such as the address that joins a workshop.</summary>
    [Parameter, EditorRequired] public string Value { get; set; } = "";

    /// <summary>What a screen reader says instead of the picture.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    protected override void OnParametersSet()
    {
        if (_drawn == Value)
            return;

        // Level M survives a stain or a reflection on a projector; the four blank modules around it are the standard's.
        using var data = QRCodeGenerator.GenerateQrCode(Value, QRCodeGenerator.ECCLevel.M);
        _size = data.ModuleMatrix.Count;
        _path = PathOf(data);
        _drawn = Value;
    }

    /// <summary>One path of horizontal runs: a tenth of the size of one rectangle per module.</summary>
    private static string PathOf(QRCodeData data)
    {
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Count; x++)
            {
                if (!row[x])
                    continue;

                var start = x;
                while (x < row.Count && row[x])
                    x++;
                path.Append('M').Append(start).Append(' ').Append(y).Append('h').Append(x - start).Append("v1H").Append(start).Append('z');
            }
        }

        return path.ToString();
    }
}
