using System.Collections.Immutable;
using Loyalty.Engine.Exercises;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Exercises.Contract;

/// <summary>Puts refusals into words: a type's own sentence first, then the shared one.</summary>
public sealed class RefusalSentences(IStringLocalizerFactory localizers, ExerciseCatalogue catalogue)
{
    private readonly IStringLocalizer shared = localizers.Create(typeof(ContractText));

    /// <summary>One sentence in the current UI culture.</summary>
    /// <param name="type">The exercise type that refused, or null.</param>
    public string Of(Refusal refusal, string? type = null)
    {
        var key = $"Refusal.{refusal.Code}";
        object[] args = [.. refusal.Args];
        if (type is not null && catalogue.Knows(type))
        {
            var own = localizers.Create(catalogue.Of(type).Texts)[key, args];
            if (!own.ResourceNotFound)
                return own;
        }

        return shared[key, args];
    }

    /// <summary>The sentence of a code without arguments, such as <c>busy</c>.</summary>
    public string Of(string code) => shared[$"Refusal.{code}"];

    /// <summary>All refusals as one paragraph.</summary>
    public string Of(ImmutableArray<Refusal> refusals, string? type = null) => string.Join(' ', refusals.Select(r => Of(r, type)));
}
