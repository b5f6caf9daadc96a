import Archive
import DossierModel
import Foundation

/// Where the product of a page is while a case is put together.
enum ProductPlace: Hashable {
    /// In the journal under its stage key. Equal keys mean equal products.
    case journal(key: String)
    /// Here: what could not be read is not kept in the journal.
    case held(PageProduct)
}

/// Hands out page products one at a time, so that the memory of a run does not grow with the text of its pages.
struct PageShelf {
    let workspace: Workspace

    /// #### Errors
    /// `integrity` when the journal lost the product during the run; `fileSystem`.
    func product(at place: ProductPlace) throws(DossierError) -> PageProduct {
        switch place {
        case .held(let product): return product
        case .journal(let key):
            guard let data = try workspace.journal.product(key), let product = try? JSONDecoder().decode(PageProduct.self, from: data) else {
                throw DossierError(.integrity, "a page that was read is no longer in the journal; run the same command again")
            }
            return product
        }
    }
}
