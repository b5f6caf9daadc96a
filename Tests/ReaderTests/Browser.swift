import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore

/// Chromium, driven by WebDriver (W3C WebDriver 2) through Debian's chromedriver. Ends with the value.
final class Browser {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    static let isInstalled = ["/usr/bin/chromium", "/usr/bin/chromedriver"].allSatisfy(FileManager.default.isExecutableFile)

    private let driver = Process()
    private let profile = NSTemporaryDirectory() + "dossier-chromium-" + UUID().uuidString
    private var client: TestClient!
    private var host = ""
    private var session = "/session"
    private var browser: Int32 = 0

    init(width: Int = 1440, height: Int = 900) async throws {
        let port = try start()
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=\(profile)",
            "--window-size=\(width),\(height)", "--lang=zh-CN", "--accept-lang=zh-CN", "--force-device-scale-factor=1",
        ]
        let options: [String: Any] = ["args": arguments, "binary": "/usr/bin/chromium"]
        let capabilities: [String: Any] = ["goog:chromeOptions": options, "goog:loggingPrefs": ["performance": "ALL"]]
        host = "127.0.0.1:\(port)"
        client = TestClient(host: "127.0.0.1", port: port, configuration: .init(timeout: .seconds(60)))
        client.connect()
        let answer = try await call("", ["capabilities": ["alwaysMatch": capabilities]])
        guard let id = (answer as? [String: Any])?["sessionId"] as? String else { throw Failure(description: "no session: \(answer)") }
        session += "/" + id
        let facts = (answer as? [String: Any])?["capabilities"] as? [String: Any]
        browser = (facts?["goog:processID"] as? Int).map(Int32.init) ?? 0
    }

    deinit {
        // Neither ends on a mere request while the other hangs.
        for process in [browser, driver.processIdentifier] where process > 0 { kill(process, SIGKILL) }
        try? FileManager.default.removeItem(atPath: profile)
    }

    func close() async {
        _ = try? await call("", nil, method: .delete)
        try? await client.shutdown()
    }

    private func start() throws -> Int {
        let output = Pipe()
        driver.executableURL = URL(fileURLWithPath: "/usr/bin/chromedriver")
        driver.arguments = ["--port=0"]
        driver.standardOutput = output
        driver.standardError = FileHandle.nullDevice
        try driver.run()
        var said = ""
        while true {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { throw Failure(description: "chromedriver ended: \(said)") }
            said += String(decoding: piece, as: UTF8.self)
            if let match = said.firstMatch(of: /on port (\d+)\./), let port = Int(match.1) { return port }
        }
    }

    func open(_ url: String) async throws { _ = try await call("/url", ["url": url]) }

    /// What the window shows, as a PNG file.
    func screenshot() async throws -> Data {
        let text = try await call("/screenshot", nil, method: .get) as? String ?? ""
        return Data(base64Encoded: text) ?? Data()
    }

    func address() async throws -> String { try await call("/url", nil, method: .get) as? String ?? "" }

    func back() async throws { _ = try await call("/back", [:]) }

    /// The value of a JavaScript expression.
    func value<Value>(_ expression: String, as: Value.Type = Value.self) async throws -> Value {
        let answer = try await call("/execute/sync", ["script": "return (\(expression))", "args": [Any]()])
        guard let value = answer as? Value else { throw Failure(description: "\(expression) gave \(answer)") }
        return value
    }

    /// Waits until an expression is true.
    func wait(_ expression: String, seconds: Double = 20) async throws {
        let end = Date(timeIntervalSinceNow: seconds)
        while try await call("/execute/sync", ["script": "return Boolean(\(expression))", "args": [Any]()]) as? Bool != true {
            guard Date() < end else { throw Failure(description: "never true: \(expression)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    enum Key: String {
        case right = "\u{E014}", left = "\u{E012}", down = "\u{E015}", up = "\u{E013}", pageDown = "\u{E00F}", pageUp = "\u{E00E}"
        case enter = "\u{E007}", escape = "\u{E00C}", tab = "\u{E004}", home = "\u{E011}", end = "\u{E010}"
    }

    func press(_ key: Key) async throws { try await press(key.rawValue) }

    /// Presses the keys one after the other; with `control` held down if wanted.
    func press(_ keys: String, control: Bool = false) async throws {
        var actions: [[String: Any]] = control ? [["type": "keyDown", "value": "\u{E009}"]] : []
        for key in keys {
            actions += [["type": "keyDown", "value": String(key)], ["type": "keyUp", "value": String(key)]]
        }
        if control { actions.append(["type": "keyUp", "value": "\u{E009}"]) }
        _ = try await call("/actions", ["actions": [["type": "key", "id": "keyboard", "actions": actions]]])
    }

    /// Addresses of everything the pages asked for since the last call.
    func requests() async throws -> [String] {
        let log = try await call("/se/log", ["type": "performance"]) as? [[String: Any]] ?? []
        return log.compactMap { entry in
            guard let text = entry["message"] as? String,
                let message = (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])?["message"] as? [String: Any],
                message["method"] as? String == "Network.requestWillBeSent",
                let request = (message["params"] as? [String: Any])?["request"] as? [String: Any]
            else { return nil }
            return request["url"] as? String
        }
    }

    /// Foundation's own client stumbles over chromedriver's headers.
    private func call(_ path: String, _ body: [String: Any]?, method: HTTPRequest.Method = .post) async throws -> Any {
        let bytes = try body.map { ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: $0)) }
        let response = try await client.execute(
            .init(session + path, method: method, authority: host, headers: [.contentType: "application/json"], body: bytes))
        let answer = try JSONSerialization.jsonObject(with: Data((response.body ?? ByteBuffer()).readableBytesView)) as? [String: Any]
        let value = answer?["value"] ?? NSNull()
        if let problem = value as? [String: Any], let error = problem["error"] { throw Failure(description: "\(path): \(error) \(problem["message"] ?? "")") }
        return value
    }
}
