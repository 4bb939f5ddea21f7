using System.Globalization;

namespace Loyalty.Web.Features.ActionPlans;

/// <summary>Names of files in one folder: two people of one name get two files, whatever the file system makes of case.</summary>
internal sealed class FileNames
{
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    public string Next(string person)
    {
        var name = PlanFiles.FileName(person);
        var unique = name;
        for (var n = 2; !taken.Add(unique); n++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{name} {n}");
        return unique;
    }
}
