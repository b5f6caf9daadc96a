import DossierModel
internal import PDFObjects

/// The structure of a document (ISO 32000-1 §14.7), grown while its pages are written: what a reader speaks, and in
/// which order.
struct StructureTree {
    /// An element of this tree.
    struct Element: Hashable {
        fileprivate let index: Int
    }

    private enum Kid {
        case element(Element)
        /// Marked content of a page.
        case marks(page: PDFBuilder.Object, identifier: Int)
        case annotation(PDFBuilder.Object, page: PDFBuilder.Object)

        var markedPage: PDFBuilder.Object? {
            if case .marks(let page, _) = self { page } else { nil }
        }
    }

    private struct Node {
        var type: String
        /// Further entries of its dictionary.
        var entries: String
        var parent: Element?
        var kids: [Kid] = []
    }

    /// What a page's `/StructParents` or an annotation's `/StructParent` stands for (§14.7.4.4).
    private enum Owner {
        /// By marked-content identifier.
        case page([Element])
        case annotation(Element)
    }

    private var nodes: [Node]
    private var owners: [Owner] = []

    /// - Parameter title: of the document.
    init(title: String) {
        nodes = [Node(type: "Document", entries: "/T \(PDFSyntax.text(title.withoutControls))", parent: nil)]
    }

    /// The document as a whole.
    var top: Element { Element(index: 0) }

    /// A new element at the end of its parent. `type` is one of the standard types (§14.8.4).
    mutating func add(_ type: String, to parent: Element, entries: String = "") -> Element {
        let new = Element(index: nodes.count)
        nodes.append(Node(type: type, entries: entries, parent: parent))
        nodes[parent.index].kids.append(.element(new))
        return new
    }

    /// The number for the `/StructParents` of a page; marks go to the page that was begun last.
    mutating func beginPage() -> Int {
        owners.append(.page([]))
        return owners.count - 1
    }

    /// The marked-content identifier of the element's next stretch on the page.
    mutating func mark(_ element: Element, on page: PDFBuilder.Object, key: Int) -> Int {
        guard case .page(var elements) = owners[key] else { preconditionFailure("the key is not that of a page") }
        elements.append(element)
        owners[key] = .page(elements)
        nodes[element.index].kids.append(.marks(page: page, identifier: elements.count - 1))
        return elements.count - 1
    }

    /// The number for the `/StructParent` of an annotation that the element owns.
    mutating func own(_ annotation: PDFBuilder.Object, by element: Element, on page: PDFBuilder.Object) -> Int {
        owners.append(.annotation(element))
        nodes[element.index].kids.append(.annotation(annotation, page: page))
        return owners.count - 1
    }

    /// Writes the tree; gives its root (§14.7.2).
    func write(to document: borrowing PDFBuilder) throws(DossierError) -> PDFBuilder.Object {
        let root = try document.reserve()
        var objects: [PDFBuilder.Object] = []
        for _ in nodes { objects.append(try document.reserve()) }
        for (node, object) in zip(nodes, objects) {
            let parent = node.parent.map { objects[$0.index] } ?? root
            try document.set(object, to: syntax(node, parent: parent, objects: objects))
        }
        let numbers = try parents(objects, in: document)
        try document.set(
            root,
            to: "<< /Type /StructTreeRoot /K \(objects[0]) /ParentTree << /Nums [\(numbers)] >> /ParentTreeNextKey \(owners.count) >>")
        return root
    }

    private func syntax(_ node: Node, parent: PDFBuilder.Object, objects: [PDFBuilder.Object]) -> String {
        var entries = "/S /\(node.type) /P \(parent)"
        if !node.entries.isEmpty { entries += " " + node.entries }
        // Most elements stand on one page: naming it once saves a dictionary for every stretch.
        let page = node.kids.lazy.compactMap(\.markedPage).first
        if let page { entries += " /Pg \(page)" }
        let kids = node.kids.filter { !isEmptyGroup($0) }.map { syntax($0, page: page, objects: objects) }
        if !kids.isEmpty { entries += " /K " + (kids.count == 1 ? kids[0] : "[\(kids.joined(separator: " "))]") }
        return "<< \(entries) >>"
    }

    /// A group that nothing was put into is told to nobody.
    private func isEmptyGroup(_ kid: Kid) -> Bool {
        guard case .element(let element) = kid else { return false }
        return nodes[element.index].type == "Part" && nodes[element.index].kids.isEmpty
    }

    private func syntax(_ kid: Kid, page: PDFBuilder.Object?, objects: [PDFBuilder.Object]) -> String {
        switch kid {
        case .element(let element): "\(objects[element.index])"
        case .marks(let own, let identifier):
            own == page ? "\(identifier)" : "<< /Type /MCR /Pg \(own) /MCID \(identifier) >>"
        case .annotation(let annotation, let own): "<< /Type /OBJR /Pg \(own) /Obj \(annotation) >>"
        }
    }

    /// The `/Nums` of the parent tree.
    private func parents(_ objects: [PDFBuilder.Object], in document: borrowing PDFBuilder) throws(DossierError) -> String {
        var numbers: [String] = []
        for (key, owner) in owners.enumerated() {
            switch owner {
            case .page(let elements):
                let list = elements.map { "\(objects[$0.index])" }.joined(separator: " ")
                numbers.append("\(key) \(try document.add("[\(list)]"))")
            case .annotation(let element): numbers.append("\(key) \(objects[element.index])")
            }
        }
        return numbers.joined(separator: " ")
    }
}
