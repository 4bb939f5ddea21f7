namespace Loyalty.Web.Features.Operations;

/// <summary>Texts of the operations page.</summary>
internal sealed class OperationsText;
