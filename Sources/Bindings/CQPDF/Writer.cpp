#include "WriterShim.hpp"

#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <qpdf/QPDFXRefEntry.hh>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

namespace {

struct FileCloser {
    void operator()(std::FILE *file) const { std::fclose(file); }
};

/// A stream whose bytes stay in their file until they are written.
class FileRange final : public QPDFObjectHandle::StreamDataProvider {
  public:
    FileRange(std::string path, uint64_t offset, uint64_t length, std::shared_ptr<bool> failed)
        : path(std::move(path)), offset(offset), length(length), failed(std::move(failed)) {}

    void provideStreamData(QPDFObjGen const &, Pipeline *pipeline) override {
        std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
        if (!file) fail(errno, "cannot be opened");
        if (fseeko(file.get(), static_cast<off_t>(offset), SEEK_SET) != 0) fail(errno, "cannot be read");
        std::vector<unsigned char> piece(static_cast<size_t>(std::min<uint64_t>(length, 1 << 16)));
        for (uint64_t left = length; left > 0;) {
            size_t got = std::fread(piece.data(), 1, static_cast<size_t>(std::min<uint64_t>(left, piece.size())), file.get());
            if (got == 0) fail(EIO, "is shorter than it should be");
            pipeline->write(piece.data(), got);
            left -= got;
        }
        pipeline->finish();
    }

  private:
    std::string path;
    uint64_t offset;
    uint64_t length;
    std::shared_ptr<bool> failed;

    [[noreturn]] void fail(int error, const char *what) const {
        *failed = true;
        throw std::system_error(error, std::generic_category(), path + ": " + what);
    }
};

/// QPDF mends bad syntax and warns; here a warning is a failure, for nothing is to be written that was not meant.
QPDFObjectHandle parsed(CQPDFWriter *writer, const char *syntax) {
    QPDFObjectHandle object = QPDFObjectHandle::parse(&writer->document, syntax);
    std::vector<QPDFExc> warnings = writer->document.getWarnings();
    if (!warnings.empty()) throw warnings.front();
    return object;
}

/// A part of a dictionary, shared where it is a name or a small number.
QPDFObjectHandle shared(CQPDFWriter *writer, QPDFObjectHandle part) {
    if (part.isIndirect()) return part;
    bool isSmall = part.isName() || (part.isInteger() && part.getIntValue() >= 0 && part.getIntValue() < 1000);
    return isSmall ? writer->scalars.try_emplace(part.unparse(), part).first->second : part;
}

/// The same dictionary without the notes that parsing leaves on it, its names and its small numbers: where each stood. A structure tree has
/// dozens of small dictionaries for a page, and they are most of what a volume holds in memory.
QPDFObjectHandle compact(CQPDFWriter *writer, QPDFObjectHandle value) {
    if (value.isIndirect() || !value.isDictionary()) return value;
    std::map<std::string, QPDFObjectHandle> entries = value.getDictAsMap();
    for (auto &entry : entries) entry.second = shared(writer, entry.second);
    return QPDFObjectHandle::newDictionary(entries);
}

int placed(CQPDFWriter *writer, int object, QPDFObjectHandle value) {
    if (object == 0) return writer->document.makeIndirectObject(value).getObjectID();
    writer->document.replaceObject(object, 0, value);
    return object;
}

QPDFObjectHandle newStream(CQPDFWriter *writer, const char *dictionary) {
    QPDFObjectHandle stream = QPDFObjectHandle::newStream(&writer->document);
    stream.replaceDict(parsed(writer, dictionary));
    return stream;
}

std::shared_ptr<Buffer> deflated(const uint8_t *bytes, size_t count) {
    Pl_Buffer buffer("deflated");
    Pl_Flate flate("deflate", &buffer, Pl_Flate::a_deflate);
    flate.write(bytes, count);
    flate.finish();
    return buffer.getBufferSharedPointer();
}

std::shared_ptr<Buffer> copied(const uint8_t *bytes, size_t count) {
    auto buffer = std::make_shared<Buffer>(count);
    if (count > 0) std::memcpy(buffer->getBuffer(), bytes, count);
    return buffer;
}

/// Shorter names first, so that /I10 follows /I9; the mask of an image (ISO 32000-1 §8.9.6.3, §11.6.5.2) right after it.
std::vector<QPDFObjectHandle> images(QPDFObjectHandle page) {
    QPDFObjectHandle objects = page.getKey("/Resources").getKey("/XObject");
    if (!objects.isDictionary()) return {};
    std::set<std::string> keys = objects.getKeys();
    std::vector<std::string> names(keys.begin(), keys.end());
    std::sort(names.begin(), names.end(), [](auto &a, auto &b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    std::vector<QPDFObjectHandle> result;
    for (auto &name : names) {
        QPDFObjectHandle object = objects.getKey(name);
        if (!object.isImage(false)) continue;
        result.push_back(object);
        for (auto key : {"/Mask", "/SMask"}) {
            QPDFObjectHandle mask = object.getDict().getKey(key);
            if (mask.isStream()) result.push_back(mask);
        }
    }
    return result;
}

void configure(QPDFWriter &output, bool linearized) {
    output.setMinimumPDFVersion("1.7");
    output.setObjectStreamMode(qpdf_o_generate);
    output.setLinearization(linearized);
    // ISO 19005-2 6.1.7.1: an end-of-line marker stands before `endstream`.
    output.setNewlineBeforeEndstream(true);
    output.setDeterministicID(true);
    // A scanner's bytes stay as they are: nothing that carries a filter is decoded or coded again.
    output.setDecodeLevel(qpdf_dl_none);
    output.setCompressStreams(true);
    output.setRecompressFlate(false);
}

/// The metadata say which part of ISO 19005 a file keeps to.
void raisePart(QPDF &document) {
    QPDFObjectHandle metadata = document.getRoot().getKey("/Metadata");
    if (!metadata.isStream()) throw std::runtime_error("the PDF has no metadata");
    std::shared_ptr<Buffer> data = metadata.getStreamData(qpdf_dl_generalized);
    std::string text(reinterpret_cast<const char *>(data->getBuffer()), data->getSize());
    std::string const old = "<pdfaid:part>2</pdfaid:part>";
    size_t place = text.find(old);
    if (place == std::string::npos) throw std::runtime_error("the PDF is no PDF/A-2");
    text.replace(place, old.size(), "<pdfaid:part>3</pdfaid:part>");
    metadata.replaceStreamData(text, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

/// ISO 19005-3 6.8: the file specification says how the file relates to the document, and the document lists it.
QPDFObjectHandle associated(QPDF &document, const CQPDFAttachment &file) {
    std::string bytes(reinterpret_cast<const char *>(file.bytes), file.count);
    auto stream = QPDFEFStreamObjectHelper::createEFStream(document, bytes);
    stream.setSubtype(file.media_type);
    auto specification = QPDFFileSpecObjectHelper::createFileSpec(document, file.name, stream);
    specification.setDescription(file.description);
    specification.getObjectHandle().replaceKey("/AFRelationship", QPDFObjectHandle::newName("/Data"));
    QPDFEmbeddedFileDocumentHelper(document).replaceEmbeddedFile(file.name, specification);
    return specification.getObjectHandle();
}

} // namespace

CQPDFWriter *cqpdf_writer_new(CQPDFWriterFailure *failure) {
    return guarded(failure, static_cast<CQPDFWriter *>(nullptr), [] {
        auto writer = std::make_unique<CQPDFWriter>();
        writer->document.emptyPDF();
        writer->document.setSuppressWarnings(true);
        return writer.release();
    });
}

void cqpdf_writer_free(CQPDFWriter *writer) { delete writer; }

int cqpdf_writer_reserve(CQPDFWriter *writer, CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] { return placed(writer, 0, QPDFObjectHandle::newNull()); });
}

int cqpdf_writer_set(CQPDFWriter *writer, int object, const char *syntax, CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] { return placed(writer, object, compact(writer, parsed(writer, syntax))); });
}

int cqpdf_writer_stream(
    CQPDFWriter *writer, const char *dictionary, const uint8_t *bytes, size_t count, int deflate,
    CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        QPDFObjectHandle stream = newStream(writer, dictionary);
        QPDFObjectHandle given = stream.getDict().getKey("/Filter"), parms = stream.getDict().getKey("/DecodeParms");
        if (deflate == CQPDF_PLAIN) stream.setFilterOnWrite(false);
        if (deflate == CQPDF_DEFLATED)
            stream.replaceStreamData(deflated(bytes, count), QPDFObjectHandle::newName("/FlateDecode"), QPDFObjectHandle::newNull());
        else
            stream.replaceStreamData(copied(bytes, count), given, parms);
        return stream.getObjectID();
    });
}

int cqpdf_writer_file_stream(
    CQPDFWriter *writer, const char *dictionary, const char *path, uint64_t offset, uint64_t length,
    CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        QPDFObjectHandle stream = newStream(writer, dictionary);
        QPDFObjectHandle filter = stream.getDict().getKey("/Filter"), parms = stream.getDict().getKey("/DecodeParms");
        stream.replaceStreamData(std::make_shared<FileRange>(path, offset, length, writer->fileFailed), filter, parms);
        return stream.getObjectID();
    });
}

int cqpdf_writer_trailer(CQPDFWriter *writer, const char *key, int object, CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        writer->document.getTrailer().replaceKey(key, writer->document.getObjectByID(object, 0));
        return 1;
    });
}

int cqpdf_writer_write(CQPDFWriter *writer, const char *path, int linearized, CQPDFWriterFailure *failure) {
    *writer->fileFailed = false;
    int written = guarded(failure, 0, [&] {
        QPDFWriter output(writer->document, path);
        configure(output, linearized != 0);
        output.write();
        return 1;
    });
    if (!written && *writer->fileFailed) failure->code = CQPDF_WRITER_FILE;
    return written;
}

int cqpdf_writer_bytes(
    CQPDFWriter *writer, void *context, void (*take)(void *context, const uint8_t *bytes, size_t count),
    CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        QPDFWriter output(writer->document);
        output.setOutputMemory();
        configure(output, false);
        output.write();
        std::shared_ptr<Buffer> written = output.getBufferSharedPointer();
        take(context, written->getBuffer(), written->getSize());
        return 1;
    });
}

/// Of a PDF that programs may read in different ways, nothing can be said: QPDF mends bad syntax and warns, and finds an object by its
/// number and generation, where others look at the number alone.
static void requireOneReading(QPDF &document) {
    std::vector<QPDFExc> warnings = document.getWarnings();
    if (!warnings.empty()) throw warnings.front();
    for (auto const &entry : document.getXRefTable()) {
        if (entry.first.getGen() != 0) throw std::runtime_error("an object has another generation than 0");
    }
}

CQPDFInspector *cqpdf_inspector_open(const char *path, CQPDFWriterFailure *failure) {
    return guarded(failure, static_cast<CQPDFInspector *>(nullptr), [&] {
        auto inspector = std::make_unique<CQPDFInspector>();
        inspector->document.setSuppressWarnings(true);
        inspector->document.setAttemptRecovery(false);
        inspector->document.processFile(path);
        inspector->pages = inspector->document.getAllPages();
        requireOneReading(inspector->document);
        for (auto &page : inspector->pages) inspector->numbers.emplace(page.getObjGen(), inspector->numbers.size() + 1);
        return inspector.release();
    });
}

void cqpdf_inspector_free(CQPDFInspector *inspector) { delete inspector; }

size_t cqpdf_inspector_page_count(const CQPDFInspector *inspector) { return inspector->pages.size(); }

int cqpdf_inspector_image_count(CQPDFInspector *inspector, size_t page, CQPDFWriterFailure *failure) {
    return guarded(failure, -1, [&] { return static_cast<int>(images(inspector->pages.at(page)).size()); });
}

int cqpdf_inspector_image(
    CQPDFInspector *inspector, size_t page, size_t image, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        std::shared_ptr<Buffer> data = images(inspector->pages.at(page)).at(image).getRawStreamData();
        take(context, data->getBuffer(), data->getSize());
        return 1;
    });
}

int cqpdf_inspector_content(
    CQPDFInspector *inspector, size_t page, void *context, void (*take)(void *context, const uint8_t *bytes, size_t count),
    CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        QPDFObjectHandle contents = inspector->pages.at(page).getKey("/Contents");
        for (QPDFObjectHandle &stream : contents.isArray() ? contents.getArrayAsVector() : std::vector<QPDFObjectHandle>{contents}) {
            if (!stream.isStream()) continue;
            std::shared_ptr<Buffer> data = stream.getStreamData(qpdf_dl_generalized);
            take(context, data->getBuffer(), data->getSize());
        }
        return 1;
    });
}

int cqpdf_inspector_catalogue_stream(
    CQPDFInspector *inspector, const char *key, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        QPDFObjectHandle stream = inspector->document.getRoot().getKey(key);
        if (!stream.isStream()) return 1;
        std::shared_ptr<Buffer> data = stream.getStreamData(qpdf_dl_generalized);
        take(context, data->getBuffer(), data->getSize());
        return 1;
    });
}

int cqpdf_inspector_attachment_names(
    CQPDFInspector *inspector, void *context, void (*take)(void *context, const uint8_t *bytes, size_t count),
    CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        for (auto &file : QPDFEmbeddedFileDocumentHelper(inspector->document).getEmbeddedFiles())
            take(context, reinterpret_cast<const uint8_t *>(file.first.c_str()), file.first.size() + 1);
        return 1;
    });
}

int cqpdf_inspector_attachment(
    CQPDFInspector *inspector, const char *name, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        auto file = QPDFEmbeddedFileDocumentHelper(inspector->document).getEmbeddedFile(name);
        if (!file) return 1;
        QPDFObjectHandle stream = file->getEmbeddedFileStream();
        if (!stream.isStream()) return 1;
        std::shared_ptr<Buffer> data = stream.getStreamData(qpdf_dl_generalized);
        take(context, data->getBuffer(), data->getSize());
        return 1;
    });
}

int cqpdf_attach(
    const char *path, const char *target, const CQPDFAttachment *files, size_t count, CQPDFWriterFailure *failure) {
    return guarded(failure, 0, [&] {
        QPDF document;
        document.setSuppressWarnings(true);
        document.processFile(path);
        raisePart(document);
        QPDFObjectHandle list = QPDFObjectHandle::newArray();
        for (size_t index = 0; index < count; ++index) list.appendItem(associated(document, files[index]));
        QPDFObjectHandle root = document.getRoot();
        root.replaceKey("/AF", list);
        // What stands plain stays plain.
        for (auto const &key : root.getKeys()) {
            QPDFObjectHandle entry = root.getKey(key);
            if (entry.isStream() && !entry.getDict().hasKey("/Filter")) entry.setFilterOnWrite(false);
        }
        QPDFWriter output(document, target);
        configure(output, true);
        output.write();
        return 1;
    });
}
