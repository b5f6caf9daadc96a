#pragma once
#include <stddef.h>
#include <stdint.h>

// The writer half of the QPDF shim. QPDF's own C interface copies every stream into memory; here a stream's bytes
// may stay in their file until the moment they are written, so that a volume of any length needs little memory.
//
// No C++ exception leaves these functions. Each takes a place for the failure and says in its result that it failed.
#ifdef __cplusplus
extern "C" {
#endif

enum {
    CQPDF_WRITER_OK = 0,
    // A file could not be opened, read or written.
    CQPDF_WRITER_FILE = 1,
    // QPDF refused an object or the document.
    CQPDF_WRITER_SYNTAX = 2,
    CQPDF_WRITER_MEMORY = 3,
    CQPDF_WRITER_OTHER = 4
};

typedef struct {
    int code;
    char message[512];
} CQPDFWriterFailure;

typedef struct CQPDFWriter CQPDFWriter;
typedef struct CQPDFInspector CQPDFInspector;

// NULL on failure. Freed with cqpdf_writer_free.
CQPDFWriter *cqpdf_writer_new(CQPDFWriterFailure *failure);
void cqpdf_writer_free(CQPDFWriter *writer);

// These give an object number, or 0 on failure. `cqpdf_writer_set` with `object` 0 makes a new one.
int cqpdf_writer_reserve(CQPDFWriter *writer, CQPDFWriterFailure *failure);
int cqpdf_writer_set(CQPDFWriter *writer, int object, const char *syntax, CQPDFWriterFailure *failure);
// Copies: as coded by the dictionary's /Filter, without which QPDF compresses; compressed here; or left as the bytes are.
enum { CQPDF_CODED = 0, CQPDF_DEFLATED = 1, CQPDF_PLAIN = 2 };
int cqpdf_writer_stream(
    CQPDFWriter *writer, const char *dictionary, const uint8_t *bytes, size_t count, int deflate,
    CQPDFWriterFailure *failure);
// The range is read when the document is written, each time it is written through.
int cqpdf_writer_file_stream(
    CQPDFWriter *writer, const char *dictionary, const char *path, uint64_t offset, uint64_t length,
    CQPDFWriterFailure *failure);

// These give 0 on failure. `key` is `/Root` or `/Info`.
int cqpdf_writer_trailer(CQPDFWriter *writer, const char *key, int object, CQPDFWriterFailure *failure);
int cqpdf_writer_write(CQPDFWriter *writer, const char *path, int linearized, CQPDFWriterFailure *failure);

// Takes the bytes of one stream after the other.
typedef struct {
    void *context;
    void (*take)(void *context, const uint8_t *bytes, size_t count);
    // Ends a stream: puts 64 digits of its SHA-256 at `hex`.
    void (*finish)(void *context, char *hex);
} CQPDFDigest;

// In place of a page: all that belongs to no page.
enum { CQPDF_BINDING = -1 };

// Lends the canonical form (docs/hash-tree.md) of a page's object line by line, of CQPDF_BINDING once the trailer is set; 0 on failure.
// `pages` are the page objects in their order; none need be given where no object of the form names another page.
int cqpdf_writer_form(
    CQPDFWriter *writer, int object, const int *pages, size_t count, CQPDFDigest digest, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure);

// As cqpdf_writer_write, not linearized, into memory; lends the bytes.
int cqpdf_writer_bytes(
    CQPDFWriter *writer, void *context, void (*take)(void *context, const uint8_t *bytes, size_t count),
    CQPDFWriterFailure *failure);

// Looks into a written volume.
CQPDFInspector *cqpdf_inspector_open(const char *path, CQPDFWriterFailure *failure);
void cqpdf_inspector_free(CQPDFInspector *inspector);
size_t cqpdf_inspector_page_count(const CQPDFInspector *inspector);
// Number of image XObjects in a page's resources, or -1.
int cqpdf_inspector_image_count(CQPDFInspector *inspector, size_t page, CQPDFWriterFailure *failure);
// Lends the raw (still coded) bytes of one image, in the order of the resource names; 0 on failure.
int cqpdf_inspector_image(
    CQPDFInspector *inspector, size_t page, size_t image, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure);
// Lends the plain bytes of a page's contents, stream by stream; 0 on failure.
int cqpdf_inspector_content(
    CQPDFInspector *inspector, size_t page, void *context, void (*take)(void *context, const uint8_t *bytes, size_t count),
    CQPDFWriterFailure *failure);
// Lends the canonical form of a page (0-based) or of CQPDF_BINDING line by line; 0 on failure, also where QPDF had to guess.
int cqpdf_inspector_form(
    CQPDFInspector *inspector, int page, CQPDFDigest digest, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure);
// Lends the plain bytes of a stream that the document catalogue names, once, or never where it names none; 0 on failure.
int cqpdf_inspector_catalogue_stream(
    CQPDFInspector *inspector, const char *key, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure);
// Lends the names of the attached files, each ended by a NUL; 0 on failure.
int cqpdf_inspector_attachment_names(
    CQPDFInspector *inspector, void *context, void (*take)(void *context, const uint8_t *bytes, size_t count),
    CQPDFWriterFailure *failure);
// Lends the bytes of an attached file, once, or never where there is none of that name; 0 on failure.
int cqpdf_inspector_attachment(
    CQPDFInspector *inspector, const char *name, void *context,
    void (*take)(void *context, const uint8_t *bytes, size_t count), CQPDFWriterFailure *failure);

// A file to go into a PDF.
typedef struct {
    const char *name;
    const char *media_type;
    const char *description;
    const uint8_t *bytes;
    size_t count;
} CQPDFAttachment;

// Copies a PDF/A-2 with a file associated with the document (ISO 19005-3 6.8) for each of `files`, and raises the part of
// ISO 19005 in its metadata from 2 to 3; 0 on failure, also when the metadata name no part 2.
int cqpdf_attach(
    const char *path, const char *target, const CQPDFAttachment *files, size_t count, CQPDFWriterFailure *failure);

#ifdef __cplusplus
}
#endif
