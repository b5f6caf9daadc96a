// The canonical form of a page, and of all that belongs to no page, as docs/hash-tree.md describes it: one text for one meaning,
// whatever numbers the objects have, however they are packed and their plain streams compressed.
#include "WriterShim.hpp"

#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>

#include <cstring>
#include <set>

namespace {

/// Hands on what goes through.
class Lender final : public Pipeline {
  public:
    explicit Lender(CQPDFDigest const &digest) : Pipeline("digest", nullptr), digest(digest) {}
    void write(unsigned char const *data, size_t count) override { digest.take(digest.context, data, count); }
    void finish() override {}

  private:
    CQPDFDigest const &digest;
};

bool isRegular(unsigned char byte) { return byte > ' ' && byte <= '~' && !std::strchr("#()<>[]{}/%", byte); }

std::string hexadecimal(unsigned char byte) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    return digits;
}

/// A name without its slash: bytes that are no regular characters (ISO 32000-1 §7.2.2) as #xx.
std::string spelledName(std::string const &name) {
    std::string text = "/";
    for (size_t at = 1; at < name.size(); ++at) {
        auto byte = static_cast<unsigned char>(name[at]);
        if (isRegular(byte)) text += name[at]; else text += "#" + hexadecimal(byte);
    }
    return text;
}

std::string spelledString(std::string const &bytes) {
    std::string text = "<";
    for (char byte : bytes) text += hexadecimal(static_cast<unsigned char>(byte));
    return text + ">";
}

using Entries = std::map<std::string, QPDFObjectHandle>;

/// A reference that names an object. QPDF holds any other for null and says nothing; other programs pass over a wrong generation, and find
/// one. Dossier writes no generation but 0.
QPDFObjectHandle sound(QPDFObjectHandle value) {
    if (value.isIndirect() && (value.getGeneration() != 0 || value.isNull())) throw std::runtime_error("a reference names no object");
    return value;
}

/// How a stream is coded has to stand in its dictionary: it is no part of the form.
void requireDirect(QPDFObjectHandle value) {
    if (value.isIndirect()) throw std::runtime_error("the filter of a stream is a reference");
    if (value.isArray()) for (auto &item : value.getArrayAsVector()) requireDirect(item);
    if (value.isDictionary()) for (auto &entry : value.getDictAsMap()) requireDirect(entry.second);
}

/// An entry; null where there is none. A reference is one, whatever QPDF makes of it.
QPDFObjectHandle entry(Entries const &entries, char const *key) {
    auto found = entries.find(key);
    return found == entries.end() ? QPDFObjectHandle::newNull() : sound(found->second);
}

class CanonicalForm {
  public:
    CanonicalForm(QPDF &document, PageNumbers const &pages, StreamDigests &digests, CQPDFDigest const &digest)
        : document(document), pages(pages), digests(digests), digest(digest) {}

    /// Of a page: its own dictionary with what it inherits (ISO 32000-1 §7.7.3.4), without its place in the tree of pages.
    template <typename Take> void page(QPDFObjectHandle page, Take take) {
        number(page);
        Entries entries = page.getDictAsMap();
        for (auto key : {"/CropBox", "/MediaBox", "/Resources", "/Rotate"}) entries[key] = inherited(entries, key);
        entries.erase("/Parent");
        take("1 " + dictionary(entries) + "\n");
        rest(1, take);
    }

    /// Of all that belongs to no page: what the trailer names as /Info and /Root, but the seal, the record and attached files.
    template <typename Take> void binding(Take take) {
        Entries trailer = document.getTrailer().getDictAsMap(), entries;
        for (auto key : {"/Info", "/Root"}) entries[key] = entry(trailer, key);
        root = document.getRoot().getObjGen();
        metadata = document.getRoot().getKey("/Metadata").getObjGen();
        take("trailer " + dictionary(entries) + "\n");
        rest(0, take);
    }

  private:
    QPDF &document;
    PageNumbers const &pages;
    StreamDigests &digests;
    CQPDFDigest const &digest;
    /// Objects in the order in which they are first named.
    std::vector<QPDFObjectHandle> objects;
    std::map<QPDFObjGen, size_t> numbers;
    QPDFObjGen root, metadata;

    size_t number(QPDFObjectHandle object) {
        auto [place, isNew] = numbers.try_emplace(object.getObjGen(), objects.size() + 1);
        if (isNew) objects.push_back(object);
        return place->second;
    }

    template <typename Take> void rest(size_t done, Take take) {
        for (; done < objects.size(); ++done) {
            QPDFObjectHandle object = objects[done];
            take(std::to_string(done + 1) + " " + whole(object) + "\n");
        }
    }

    /// The value of a page's own entry, or of that of the next node above which has one.
    static QPDFObjectHandle inherited(Entries entries, char const *key) {
        std::set<QPDFObjGen> seen;
        while (true) {
            QPDFObjectHandle value = entry(entries, key), above = entry(entries, "/Parent");
            if (!value.isNull() || above.isNull()) return value;
            if (!above.isIndirect() || !above.isDictionary() || !seen.insert(above.getObjGen()).second)
                throw std::runtime_error("a page has no place in the tree of pages");
            entries = above.getDictAsMap();
        }
    }

    /// An object by its value, wherever it stands.
    std::string whole(QPDFObjectHandle value) {
        if (value.isStream()) return stream(value);
        if (value.isDictionary()) return value.getObjGen() == root && value.isIndirect() ? catalogue(value) : dictionary(value.getDictAsMap());
        if (value.isArray()) return array(value);
        if (value.isName()) return spelledName(value.getName());
        if (value.isString()) return spelledString(value.getStringValue());
        return value.unparseResolved();
    }

    /// A part of an object: an indirect one by its number, or by that of the page.
    std::string part(QPDFObjectHandle value) {
        if (!sound(value).isIndirect()) return whole(value);
        auto known = numbers.find(value.getObjGen());
        auto page = pages.find(value.getObjGen());
        if (known == numbers.end() && page != pages.end()) return "page " + std::to_string(page->second);
        return std::to_string(number(value)) + " R";
    }

    std::string array(QPDFObjectHandle value) {
        std::string text = "[";
        for (auto &item : value.getArrayAsVector()) text += " " + part(item);
        return text + " ]";
    }

    /// std::map has the keys in the order of their bytes.
    std::string dictionary(Entries const &entries) {
        std::string text = "<<";
        for (auto &[key, value] : entries) {
            if (!sound(value).isNull()) text += " " + spelledName(key) + " " + part(value);
        }
        return text + " >>";
    }

    std::string catalogue(QPDFObjectHandle value) {
        Entries entries = value.getDictAsMap();
        for (auto key : {"/AF", "/DOSS_Record", "/DOSS_Seal"}) entries.erase(key);
        QPDFObjectHandle names = value.getKey("/Names");
        if (names.isDictionary()) {
            Entries kept = names.getDictAsMap();
            kept.erase("/EmbeddedFiles");
            entries.erase("/Names");
            if (!kept.empty()) entries["/Names"] = QPDFObjectHandle::newDictionary(kept);
        }
        return dictionary(entries);
    }

    /// Images as they are coded, everything else plain: programs compress that as they like.
    std::string stream(QPDFObjectHandle value) {
        bool isImage = value.getDict().getKey("/Subtype").isNameAndEquals("/Image");
        Entries entries = value.getDict().getDictAsMap();
        entries.erase("/Length");
        for (auto key : {"/Filter", "/DecodeParms"}) {
            if (isImage || entries.count(key) == 0) continue;
            requireDirect(entries[key]);
            entries.erase(key);
        }
        std::string &known = digests[value.getObjGen()];
        if (known.empty()) known = value.getObjGen() == metadata ? digestOfMetadata(value) : digestOfData(value, isImage);
        return dictionary(entries) + " stream " + known;
    }

    std::string digestOfData(QPDFObjectHandle value, bool isImage) {
        Lender lender(digest);
        bool isPlain = false;
        bool isRead = value.pipeStreamData(&lender, &isPlain, 0, isImage ? qpdf_dl_none : qpdf_dl_generalized);
        std::string hex = finished();
        if (!isRead || (!isImage && !isPlain)) throw std::runtime_error("a stream cannot be decoded");
        return hex;
    }

    /// A copy with attachments names part 3 of ISO 19005 where the volume names part 2.
    std::string digestOfMetadata(QPDFObjectHandle value) {
        std::shared_ptr<Buffer> data = value.getStreamData(qpdf_dl_generalized);
        std::string text(reinterpret_cast<char const *>(data->getBuffer()), data->getSize());
        std::string const part = "<pdfaid:part>3</pdfaid:part>";
        size_t place = text.find(part);
        if (place != std::string::npos) text[place + part.find('3')] = '2';
        digest.take(digest.context, reinterpret_cast<uint8_t const *>(text.data()), text.size());
        return finished();
    }

    std::string finished() {
        char hex[65] = "";
        digest.finish(digest.context, hex);
        return hex;
    }
};

/// A fault of syntax that QPDF passed over may be read otherwise by another program.
template <typename Work> void withoutWarning(QPDF &document, Work work) {
    size_t before = document.numWarnings();
    work();
    if (document.numWarnings() == before) return;
    std::vector<QPDFExc> warnings = document.getWarnings();
    throw std::runtime_error(warnings.empty() ? "a fault of syntax" : warnings.back().what());
}

} // namespace

int cqpdf_inspector_form(
    CQPDFInspector *inspector, int page, CQPDFDigest digest, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        CanonicalForm form(inspector->document, inspector->numbers, inspector->digests, digest);
        auto lend = [&](std::string const &line) { take(context, reinterpret_cast<uint8_t const *>(line.data()), line.size()); };
        withoutWarning(inspector->document, [&] {
            if (page == CQPDF_BINDING) form.binding(lend); else form.page(inspector->pages.at(static_cast<size_t>(page)), lend);
        });
        return 1;
    });
}

int cqpdf_writer_form(
    CQPDFWriter *writer, int object, const int *pages, size_t count, CQPDFDigest digest, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure) {
    *writer->fileFailed = false;
    int done = guarded(failure, 0, [&] {
        PageNumbers numbers;
        for (size_t index = 0; index < count; ++index) numbers.emplace(QPDFObjGen(pages[index], 0), index + 1);
        CanonicalForm form(writer->document, numbers, writer->digests, digest);
        auto lend = [&](std::string const &line) { take(context, reinterpret_cast<uint8_t const *>(line.data()), line.size()); };
        withoutWarning(writer->document, [&] {
            if (object == CQPDF_BINDING) form.binding(lend); else form.page(writer->document.getObjectByID(object, 0), lend);
        });
        return 1;
    });
    if (!done && *writer->fileFailed) failure->code = CQPDF_WRITER_FILE;
    return done;
}
