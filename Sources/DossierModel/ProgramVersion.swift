/// The version of the program, as every file it makes names it.
public enum ProgramVersion {
    public static let text = "0.1.0"
}
