import DossierModel

/// What a workspace, its journal and its blobs were opened for.
enum WriteAccess: Sendable {
    case none
    /// The number register and the print ledger, in short transactions, beside the one writer.
    case registrar
    /// Everything; held as long as anything that came from the workspace.
    case writer(WriterLock)

    var isWriter: Bool {
        if case .writer = self { true } else { false }
    }

    var maySign: Bool {
        if case .none = self { false } else { true }
    }
}
