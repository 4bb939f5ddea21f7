namespace Loyalty.Web.Features.People;

/// <summary>The words of the People page and its dialogs.</summary>
internal sealed class PeopleText;
