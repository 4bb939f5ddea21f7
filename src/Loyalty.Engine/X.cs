namespace Loyalty.Engine;
internal static class X;
