import DossierModel
import Installation
import Testing

@Suite struct InstallationTests {
    @Test func anAbsentComponentIsNamedWithItsRemedy() {
        do {
            _ = try Installation.path(of: "models/no-such.onnx")
            Issue.record("found a model that does not exist")
        } catch {
            #expect(error.code == .missingComponent)
            #expect(error.message.contains("make setup"))
        }
    }
}
