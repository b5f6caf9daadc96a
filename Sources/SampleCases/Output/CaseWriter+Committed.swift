public import DossierModel

extension CaseWriter {
    /// The case in the repository's `samples/`: every trouble once, in about forty images.
    ///
    /// #### Errors
    /// As `write`.
    @discardableResult
    public func writeCommitted(progress: (Int, Int) -> Void = { _, _ in }) throws(DossierError) -> CaseTruth {
        try write(Request(seed: 20_240_302, pages: 34), progress: progress)
    }
}
