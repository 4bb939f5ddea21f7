using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Loyalty.Tests.Exercises;

/// <summary>A value written out by its public properties, so that two tallies can be compared and a difference can be read.</summary>
internal static class Canonical
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, depth: 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int depth)
    {
        Assert.True(depth < 20, "A tally should not refer to itself.");
        var indent = new string(' ', depth * 2);
        switch (value)
        {
            case null:
                text.AppendLine("null");
                break;
            case string or Guid or bool or Enum:
                text.AppendLine(CultureInfo.InvariantCulture, $"{value}");
                break;
            case double number:
                text.AppendLine(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case IFormattable simple when value.GetType().IsPrimitive || simple is decimal or DateTimeOffset or DateOnly or TimeSpan:
                text.AppendLine(simple.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable many when value is not string:
                WriteMany(text, value, many, indent, depth);
                break;
            default:
                text.AppendLine(value.GetType().Name);
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
                {
                    text.Append(CultureInfo.InvariantCulture, $"{indent}  {property.Name}: ");
                    Write(text, property.GetValue(value), depth + 1);
                }

                break;
        }
    }

    private static void WriteMany(StringBuilder text, object value, IEnumerable many, string indent, int depth)
    {
        if (IsDefaultArray(value))
        {
            text.AppendLine("default");
            return;
        }

        var items = many.Cast<object?>().Select(item =>
        {
            var one = new StringBuilder();
            Write(one, item, depth + 1);
            return one.ToString();
        });

        // Dictionaries and sets have no order of their own.
        if (value is IDictionary || value.GetType().GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IImmutableSet<>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))))
            items = items.Order(StringComparer.Ordinal);
        text.AppendLine("[");
        foreach (var item in items)
            text.Append(indent).Append("  ").Append(item);
        text.Append(indent).AppendLine("]");
    }

    private static bool IsDefaultArray(object value) =>
        value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        && (bool)type.GetProperty(nameof(ImmutableArray<int>.IsDefault))!.GetValue(value)!;
}
