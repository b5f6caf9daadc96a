import Foundation

/// The reference validator of the Python world.
public enum PythonSchema {
    public static let isThere = (try? run(["-c", "import jsonschema"], input: []).status) == 0

    /// What the validator complains of; empty when nothing.
    public static func validate(_ lines: some Sequence<UInt8>, against schema: String) throws -> String {
        let program = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1], encoding="utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            lines = sys.stdin.buffer.read().decode("utf-8").split("\\n")
            assert lines[-1] == "" and len(lines) > 1
            for line in lines[:-1]:
                for error in validator.iter_errors(json.loads(line)): print(error.message)
            """
        let result = try run(["-c", program, schema], input: Array(lines))
        return result.status == 0 ? result.output : "exit \(result.status): \(result.output)"
    }

    private static func run(_ arguments: [String], input: [UInt8]) throws -> (status: Int32, output: String) {
        let process = Process()
        // Debian's, which “make setup” gives jsonschema; another python3 may come first in PATH.
        let own = "/usr/bin/python3"
        let isThere = FileManager.default.isExecutableFile(atPath: own)
        process.executableURL = URL(filePath: isThere ? own : "/usr/bin/env")
        process.arguments = (isThere ? [] : ["python3"]) + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, FileHandle.nullDevice)
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
