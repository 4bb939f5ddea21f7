namespace Loyalty.Web.Live;

/// <summary>Texts of the stage on phones.</summary>
public sealed class PhoneStageText;
