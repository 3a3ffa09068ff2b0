namespace AcodeOps; internal static class Placeholder;
