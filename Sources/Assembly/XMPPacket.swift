/// Metadata of a document (ISO 16684-1), as ISO 19005-2 §6.6.2 wants it.
///
/// No dates: the same document made again has the same bytes.
struct XMPPacket {
    let information: DocumentInformation
    /// Properties of our own.
    var facts: [VolumePlan.Provenance] = []
    /// The document has a structure tree: level A, and PDF/UA-1.
    var isTagged = false

    /// ISO 14289-1 §5.
    private static let accessibility = "http://www.aiim.org/pdfua/ns/id/"
    private static let namespace = "http://ns.dossier.example/provenance/1/"

    func text() -> String {
        """
        <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" \
        xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
        <pdfaid:part>2</pdfaid:part>
        <pdfaid:conformance>\(isTagged ? "A" : "U")</pdfaid:conformance>
        \(core())
        </rdf:Description>
        \(isTagged ? "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"\(Self.accessibility)\"><pdfuaid:part>1</pdfuaid:part></rdf:Description>" : "")
        \(facts.isEmpty ? "" : values())
        \(schemas.isEmpty ? "" : extensions())
        </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """
    }

    private func core() -> String {
        var parts = [
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">\(escaped(information.title))</rdf:li></rdf:Alt></dc:title>",
            "<dc:language><rdf:Bag><rdf:li>\(escaped(information.language))</rdf:li></rdf:Bag></dc:language>",
            "<xmp:CreatorTool>\(escaped(information.producer))</xmp:CreatorTool>",
            "<pdf:Producer>\(escaped(information.producer))</pdf:Producer>",
        ]
        if let author = information.author { parts.append("<dc:creator><rdf:Seq><rdf:li>\(escaped(author))</rdf:li></rdf:Seq></dc:creator>") }
        if let subject = information.subject {
            parts.append("<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">\(escaped(subject))</rdf:li></rdf:Alt></dc:description>")
        }
        if let keywords = information.keywords { parts.append("<pdf:Keywords>\(escaped(keywords))</pdf:Keywords>") }
        return parts.joined(separator: "\n")
    }

    private func values() -> String {
        let values = facts.map { "<dossier:\($0.name)>\(escaped($0.value))</dossier:\($0.name)>" }
        return "<rdf:Description rdf:about=\"\" xmlns:dossier=\"\(Self.namespace)\">\n\(values.joined(separator: "\n"))\n</rdf:Description>"
    }

    /// Properties that no standard schema has.
    private var schemas: [(name: String, namespace: String, prefix: String, properties: [String])] {
        var schemas: [(name: String, namespace: String, prefix: String, properties: [String])] = []
        if isTagged {
            let part = property("part", type: "Integer", category: "internal", "Part of ISO 14289 that the document follows")
            schemas.append(("PDF/UA identification", Self.accessibility, "pdfuaid", [part]))
        }
        if !facts.isEmpty {
            let properties = facts.map { property($0.name, type: "Text", category: "external", $0.description) }
            schemas.append(("How the volume was made", Self.namespace, "dossier", properties))
        }
        return schemas
    }

    /// The description of them that ISO 19005-2 §6.6.2.3 asks for.
    private func extensions() -> String {
        let described = schemas.map { schema in
            """
            <rdf:li rdf:parseType="Resource">
            <pdfaSchema:schema>\(schema.name)</pdfaSchema:schema>
            <pdfaSchema:namespaceURI>\(schema.namespace)</pdfaSchema:namespaceURI>
            <pdfaSchema:prefix>\(schema.prefix)</pdfaSchema:prefix>
            <pdfaSchema:property><rdf:Seq>
            \(schema.properties.joined(separator: "\n"))
            </rdf:Seq></pdfaSchema:property>
            </rdf:li>
            """
        }
        return """
            <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
            xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
            <pdfaExtension:schemas><rdf:Bag>
            \(described.joined(separator: "\n"))
            </rdf:Bag></pdfaExtension:schemas>
            </rdf:Description>
            """
    }

    private func property(_ name: String, type: String, category: String, _ description: String) -> String {
        """
        <rdf:li rdf:parseType="Resource"><pdfaProperty:name>\(name)</pdfaProperty:name>\
        <pdfaProperty:valueType>\(type)</pdfaProperty:valueType><pdfaProperty:category>\(category)</pdfaProperty:category>\
        <pdfaProperty:description>\(escaped(description))</pdfaProperty:description></rdf:li>
        """
    }

    /// Scalar by scalar: with a combining mark behind it, “<” is no `Character` of its own, but still opens a tag.
    private func escaped(_ text: String) -> String {
        let scalars = text.withoutControls.unicodeScalars.reduce(into: String.UnicodeScalarView()) { result, scalar in
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(scalars)
    }
}
