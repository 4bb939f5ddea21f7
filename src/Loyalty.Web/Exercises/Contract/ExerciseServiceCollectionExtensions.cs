using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;

namespace Loyalty.Web.Exercises.Contract;

internal static class ExerciseServiceCollectionExtensions
{
    /// <summary>Every exercise type of this program.</summary>
    public static IServiceCollection AddLoyaltyExercises(this IServiceCollection services)
    {
        var catalogue = ExerciseCatalogue.Discover();
        services.AddSingleton(catalogue);
        services.AddSingleton(new ExerciseRulebook(catalogue.All.Select(type => type.Rules)));
        services.AddSingleton<RefusalSentences>();
        services.AddSingleton<CurriculumLibraries>();
        services.AddLocalization();
        return services;
    }
}
