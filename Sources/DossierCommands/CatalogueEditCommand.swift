import Archive
import ArgumentParser
import Cataloguing
import DossierModel
import Foundation
import Pipeline

struct CatalogueEditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Correct the catalogue in your editor.",
        discussion: """
            Opens the exported catalogue in $VISUAL, $EDITOR or vi. When the editor closes, the file is checked; with a mistake its line and
            remedy are named and the file can be opened again. What differs is kept as with “import”; the next “dossier run” of the case publishes
            it. A file that was not taken is left where it is, and its place and the command that gives it back are named.

            Example:
              EDITOR=nano dossier catalogue edit 测试1号 --by 王某

            Exit codes: 64 no editor or no terminal for vi · 65 mistakes in the file, or the catalogue changed meanwhile · 75 the
            workspace is in use.
            """)

    @Argument(help: "Case number.", transform: CaseNumber.trimmed) var caseNumber: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var editor: EditorOption
    @Flag(help: "Print the changes as JSON.") var json = false

    func run() throws {
        let program = try EditingProgram.found(in: ProcessInfo.processInfo.environment)
        let original = try CurrentCatalogue(caseNumber, in: workspace.reading()).text
        let sheet = try EditedSheet(original)
        let edits: MadeEdits
        do { edits = try made(in: sheet, original, with: program) } catch {
            sheet.keep(unless: original, of: caseNumber, workspace)
            throw error
        }
        sheet.remove()
        try edits.report(asJSON: json)
    }

    /// What the person changed, kept.
    private func made(in sheet: EditedSheet, _ original: String, with program: EditingProgram) throws -> MadeEdits {
        while true {
            try program.open(sheet.path)
            let text = try OfficeFiles.text(of: sheet.path)
            if text == original { return MadeEdits() }
            do { return try keep(text, original, sheet) } catch let mistakes as SheetMistakes {
                mistakes.report(of: sheet.path)
                guard Self.shallEditAgain() else { throw ExitStatus.unusableInput.exitCode }
            }
        }
    }

    /// The workspace is locked only now: others work while somebody thinks.
    private func keep(_ text: String, _ original: String, _ sheet: EditedSheet) throws -> MadeEdits {
        let store = try workspace.writing()
        return try withExtendedLifetime(store) {
            let current = try CurrentCatalogue(caseNumber, in: store)
            guard current.text == original else {
                throw DossierError(
                    .unusableInput,
                    "the catalogue was changed while the file was open; edit it again and carry your changes over, or import the file with --force to make the catalogue as it says")
            }
            let edits = try current.edits(text, by: editor.name)
            return MadeEdits(edits, numbers: edits.isEmpty ? nil : try OfficeFiles.keep(edits, ofCase: caseNumber, in: store))
        }
    }

    private static func shallEditAgain() -> Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        FileHandle.standardError.writeQuietly("再次编辑？edit again? [Y/n] ")
        guard let answer = readLine() else { return false }
        return !["n", "否", "不"].contains { answer.lowercased().hasPrefix($0) }
    }
}

/// The text a person edits, in a file only that person can read.
private struct EditedSheet {
    let path: String

    init(_ text: String) throws {
        path = (NSTemporaryDirectory() as NSString).appendingPathComponent("dossier-\(UUID().uuidString.prefix(8)).yaml")
        guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw DossierError(.fileSystem, "cannot write the file to edit; check $TMPDIR", location: path)
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Names the file and the way to give it back; one that nobody changed is taken away.
    func keep(unless original: String, of caseNumber: String, _ workspace: WorkspaceOption) {
        guard (try? String(contentsOfFile: path, encoding: .utf8)) != original else { return remove() }
        guard FileManager.default.fileExists(atPath: path) else { return Terminal.complain("nothing was taken; the editor removed the file: \(path)") }
        let place = workspace.workspace.map { " --workspace \($0.shellQuoted)" } ?? ""
        Terminal.complain("nothing was taken; the file is kept: \(path); give it back with “dossier catalogue import \(caseNumber.shellQuoted) \(path.shellQuoted)\(place)”")
    }
}

/// The program a person edits text with.
struct EditingProgram {
    /// A command line for the shell, as $EDITOR holds it.
    let command: String

    /// #### Errors
    /// `badUsage` when only vi is left and there is no terminal for it.
    static func found(in environment: [String: String]) throws(DossierError) -> EditingProgram {
        if let named = ["VISUAL", "EDITOR"].lazy.compactMap({ environment[$0] }).first(where: { !$0.allSatisfy(\.isWhitespace) }) {
            return EditingProgram(command: named)
        }
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw DossierError(
                .badUsage, "there is no terminal for vi; set $EDITOR, or use “dossier catalogue export” and “dossier catalogue import”")
        }
        return EditingProgram(command: "vi")
    }

    /// Returns when the editor has closed. It shares the terminal's process group, as job control wants; system(3) leaves
    /// the terminal's interrupts to it.
    ///
    /// #### Errors
    /// `badUsage` when it cannot be started or ends with an error.
    func open(_ path: String) throws(DossierError) {
        let status = system("\(command) \(path.shellQuoted)")
        guard status != 0 else { return }
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
        if code == 127 {
            throw DossierError(.badUsage, "the editor “\(command)” cannot be started; set $VISUAL or $EDITOR to one that is installed")
        }
        throw DossierError(.badUsage, "the editor “\(command)” ended with code \(code), so nothing was taken; see why, and edit again")
    }
}

extension String {
    /// As one word for the shell (POSIX.1-2017, XCU §2.2.2).
    var shellQuoted: String {
        let isPlain = !isEmpty && unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || "/._-".unicodeScalars.contains($0) }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
