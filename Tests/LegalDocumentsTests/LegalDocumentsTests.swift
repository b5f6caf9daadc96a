import Testing
@testable import LegalDocuments
