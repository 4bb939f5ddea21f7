using Microsoft.Extensions.Localization;

namespace Loyalty.Tests.Exercises;

/// <summary>Localizers that throw for a text that is missing, so that every rendered view proves its texts.</summary>
internal sealed class StrictTexts(IStringLocalizerFactory inner) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => new Strict(inner.Create(resourceSource), resourceSource.Name);

    public IStringLocalizer Create(string baseName, string location) => new Strict(inner.Create(baseName, location), baseName);

    private sealed class Strict(IStringLocalizer inner, string source) : IStringLocalizer
    {
        public LocalizedString this[string name] => Found(inner[name]);

        public LocalizedString this[string name, params object[] arguments] => Found(inner[name, arguments]);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => inner.GetAllStrings(includeParentCultures);

        // A type may leave a refusal to the shared sentences; whoever puts it into words looks in both.
        private LocalizedString Found(LocalizedString text) =>
            text.ResourceNotFound && !text.Name.StartsWith("Refusal.", StringComparison.Ordinal)
                ? throw new InvalidOperationException($"{source} has no text “{text.Name}”.")
                : text;
    }
}
