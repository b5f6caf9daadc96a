public import Foundation

/// A real IPP printer, `ippeveprinter`, on a free port of the loopback, with a message bus of its own: it wants one
/// to announce itself, though here it announces nothing. Ends with the value, also when a test fails.
public final class PrinterProcess {
    public let uri: String
    public let spool: String
    private let folder: String
    private var processes: [Process] = []

    /// nil when `ippeveprinter` or `dbus-daemon` is not installed, which is said.
    ///
    /// - Parameters:
    ///   - formats: what it says it takes.
    ///   - command: a shell script that prints a job: `$1` is the file; exit code 0 is success.
    public init?(formats: String = "application/pdf", command: String? = nil, options: [String] = []) throws {
        guard let program = Self.find("ippeveprinter"), let daemon = Self.find("dbus-daemon") else {
            print("ippeveprinter (cups-ipp-utils) or dbus-daemon is not installed; printing is not tested")
            return nil
        }
        folder = NSTemporaryDirectory() + "printing-" + UUID().uuidString
        spool = folder + "/spool"
        try FileManager.default.createDirectory(atPath: spool, withIntermediateDirectories: true)
        let port = Self.freePort()
        uri = "ipp://localhost:\(port)/ipp/print"
        let bus = try startBus(daemon)
        var arguments = ["-r", "off", "-n", "localhost", "-p", "\(port)", "-f", formats, "-d", spool, "-k"] + options
        if let command { arguments += ["-c", try script(command)] }
        try start(program, arguments + ["Test 打印机"], environment: ["DBUS_SYSTEM_BUS_ADDRESS": bus])
        try waitFor("the printer on port \(port)") { Self.listens(port) }
    }

    deinit {
        for process in processes.reversed() { end(process) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// As if its plug were pulled.
    public func kill() { end(processes[processes.count - 1]) }

    public func file(_ name: String) -> String { folder + "/" + name }

    /// Contents of every document it has received.
    public func received() throws -> [Data] {
        try FileManager.default.contentsOfDirectory(atPath: spool).filter { $0.hasSuffix(".pdf") }.sorted()
            .map { try Data(contentsOf: URL(fileURLWithPath: spool + "/" + $0)) }
    }

    private func end(_ process: Process) {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    private func start(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        processes.append(process)
    }

    private func startBus(_ daemon: String) throws -> String {
        let socket = folder + "/bus"
        let text = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
            "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><listen>unix:path=\(socket)</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
            """
        try text.write(toFile: folder + "/bus.conf", atomically: true, encoding: .utf8)
        try start(daemon, ["--config-file=\(folder)/bus.conf", "--nofork", "--nopidfile"])
        try waitFor("the message bus") { FileManager.default.fileExists(atPath: socket) }
        return "unix:path=\(socket)"
    }

    private func script(_ body: String) throws -> String {
        let path = folder + "/print.sh"
        try "#!/bin/sh\n\(body)\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    private func waitFor(_ what: String, _ condition: () -> Bool) throws {
        for _ in 0..<500 {
            if condition() { return }
            Thread.sleep(forTimeInterval: 0.02)
        }
        throw CocoaError(.fileReadUnknown, userInfo: [NSDebugDescriptionErrorKey: "\(what) does not come up"])
    }

    private static func find(_ name: String) -> String? {
        ["/usr/sbin/", "/usr/bin/", "/usr/local/bin/"].map { $0 + name }.first(where: FileManager.default.isExecutableFile)
    }

    /// A port nobody listens on.
    public static func freePort() -> UInt16 {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(socket, address, length)
                _ = getsockname(socket, address, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func listens(_ port: UInt16) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(port)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }
}
