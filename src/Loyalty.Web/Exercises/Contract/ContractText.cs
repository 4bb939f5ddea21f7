namespace Loyalty.Web.Exercises.Contract;

/// <summary>Texts that all exercise types share.</summary>
public sealed class ContractText;
