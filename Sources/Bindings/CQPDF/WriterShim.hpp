#pragma once
#include "CQPDFWriter.h"

// std::shared_ptr throughout; QPDF asks to be told so.
#define POINTERHOLDER_TRANSITION 4

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFSystemError.hh>

#include <cstdio>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

// What the files of the writer half share.

/// SHA-256 of streams, 64 digits, by object: what many pages use is read once.
using StreamDigests = std::map<QPDFObjGen, std::string>;

/// Numbers of pages in the file, from 1.
using PageNumbers = std::map<QPDFObjGen, size_t>;

struct CQPDFWriter {
    QPDF document;
    /// A stream's file could not be read. QPDF hands such an exception on as one of its own without a kind.
    std::shared_ptr<bool> fileFailed = std::make_shared<bool>(false);
    /// Names and small numbers by how they are written: of those that many objects hold, one each.
    std::map<std::string, QPDFObjectHandle> scalars;
    StreamDigests digests;
};

struct CQPDFInspector {
    QPDF document;
    std::vector<QPDFObjectHandle> pages;
    PageNumbers numbers;
    StreamDigests digests;
};

inline void note(CQPDFWriterFailure *failure, int code, const char *message) noexcept {
    failure->code = code;
    std::snprintf(failure->message, sizeof failure->message, "%s", message);
}

/// Runs `work`; whatever it throws becomes a code and a message, and `otherwise` is the result.
template <typename Result, typename Work>
Result guarded(CQPDFWriterFailure *failure, Result otherwise, Work work) noexcept {
    try {
        note(failure, CQPDF_WRITER_OK, "");
        return work();
    } catch (const QPDFSystemError &error) {
        note(failure, CQPDF_WRITER_FILE, error.what());
    } catch (const QPDFExc &error) {
        note(failure, error.getErrorCode() == qpdf_e_system ? CQPDF_WRITER_FILE : CQPDF_WRITER_SYNTAX, error.what());
    } catch (const std::system_error &error) {
        note(failure, CQPDF_WRITER_FILE, error.what());
    } catch (const std::bad_alloc &error) {
        note(failure, CQPDF_WRITER_MEMORY, error.what());
    } catch (const std::exception &error) {
        note(failure, CQPDF_WRITER_OTHER, error.what());
    } catch (...) {
        note(failure, CQPDF_WRITER_OTHER, "an exception of unknown kind");
    }
    return otherwise;
}
