namespace Loyalty.Web.Exercises.LadderGap;

/// <summary>Texts of priority against grade.</summary>
public sealed class LadderGapText;
