#pragma once
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>

// TIFFGetField, TIFFSetField and the message handlers are variadic, which Swift cannot call or implement.

/// What libtiff had to say since the list was last cleared. Only the first error and warning are kept, and counts.
typedef struct {
    int errors;
    int warnings;
    char first_error[200];
    char first_warning[200];
} ctiff_messages;

static inline int ctiff_keep(int *count, char *text, size_t size, const char *format, va_list arguments) {
    if ((*count)++ == 0) vsnprintf(text, size, format, arguments);
    return 1;
}

static inline int ctiff_on_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
    (void)tiff; (void)module;
    ctiff_messages *m = (ctiff_messages *)user;
    return ctiff_keep(&m->errors, m->first_error, sizeof m->first_error, format, arguments);
}

static inline int ctiff_on_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
    (void)tiff; (void)module;
    ctiff_messages *m = (ctiff_messages *)user;
    return ctiff_keep(&m->warnings, m->first_warning, sizeof m->first_warning, format, arguments);
}

/// A file in memory: lent for reading (`capacity` 0), grown for writing.
typedef struct {
    unsigned char *bytes;
    size_t size, capacity, position;
} ctiff_memory;

static inline tmsize_t ctiff_memory_read(thandle_t handle, void *into, tmsize_t count) {
    ctiff_memory *m = (ctiff_memory *)handle;
    size_t left = m->position < m->size ? m->size - m->position : 0;
    size_t taken = (size_t)count < left ? (size_t)count : left;
    if (taken) memcpy(into, m->bytes + m->position, taken);
    m->position += taken;
    return (tmsize_t)taken;
}

static inline tmsize_t ctiff_memory_write(thandle_t handle, void *from, tmsize_t count) {
    ctiff_memory *m = (ctiff_memory *)handle;
    size_t end = m->position + (size_t)count;
    if (m->capacity == 0 && m->bytes) return 0;
    if (end > m->capacity) {
        size_t wanted = end + end / 2 + 4096;
        unsigned char *grown = (unsigned char *)realloc(m->bytes, wanted);
        if (!grown) return 0;
        memset(grown + m->capacity, 0, wanted - m->capacity);
        m->bytes = grown;
        m->capacity = wanted;
    }
    memcpy(m->bytes + m->position, from, (size_t)count);
    m->position = end;
    if (end > m->size) m->size = end;
    return count;
}

static inline toff_t ctiff_memory_seek(thandle_t handle, toff_t offset, int whence) {
    ctiff_memory *m = (ctiff_memory *)handle;
    m->position = whence == SEEK_SET ? offset : whence == SEEK_CUR ? m->position + offset : m->size + offset;
    return m->position;
}

static inline int ctiff_memory_close(thandle_t handle) { (void)handle; return 0; }
static inline toff_t ctiff_memory_size(thandle_t handle) { return ((ctiff_memory *)handle)->size; }

static inline TIFFOpenOptions *ctiff_options(ctiff_messages *messages, tmsize_t limit) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, ctiff_on_error, messages);
    TIFFOpenOptionsSetWarningHandlerExtR(options, ctiff_on_warning, messages);
    if (limit > 0) TIFFOpenOptionsSetMaxSingleMemAlloc(options, limit);
    return options;
}

/// `messages` must outlive the handle. `limit` is the largest single allocation, bytes.
///
/// libtiff puts the name it was given into some messages. It gets one that says nothing, because messages become part of
/// products and those must not depend on where the workspace lies.
static inline TIFF *ctiff_open(const char *path, const char *mode, ctiff_messages *messages, tmsize_t limit) {
    int file = open(path, (mode[0] == 'w' ? O_RDWR | O_CREAT | O_TRUNC : O_RDONLY) | O_CLOEXEC, 0666);
    if (file < 0) {
        messages->errors = 1;
        snprintf(messages->first_error, sizeof messages->first_error, "%s", strerror(errno));
        return NULL;
    }
    TIFFOpenOptions *options = ctiff_options(messages, limit);
    TIFF *tiff = TIFFFdOpenExt(file, "the file", mode, options);
    TIFFOpenOptionsFree(options);
    if (!tiff) close(file);
    return tiff;
}

static inline TIFF *ctiff_open_memory(ctiff_memory *memory, const char *mode, ctiff_messages *messages, tmsize_t limit) {
    TIFFOpenOptions *options = ctiff_options(messages, limit);
    TIFF *tiff = TIFFClientOpenExt("memory", mode, memory, ctiff_memory_read, ctiff_memory_write, ctiff_memory_seek,
                                   ctiff_memory_close, ctiff_memory_size, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return tiff;
}

static inline int ctiff_get_u16(TIFF *t, uint32_t tag, uint16_t *value) { return TIFFGetFieldDefaulted(t, tag, value); }
static inline int ctiff_get_u32(TIFF *t, uint32_t tag, uint32_t *value) { return TIFFGetFieldDefaulted(t, tag, value); }
static inline int ctiff_get_float(TIFF *t, uint32_t tag, float *value) { return TIFFGetField(t, tag, value); }
static inline int ctiff_get_bytes(TIFF *t, uint32_t tag, uint32_t *count, void **bytes) { return TIFFGetField(t, tag, count, bytes); }
static inline int ctiff_get_extra_samples(TIFF *t, uint16_t *count, uint16_t **kinds) { return TIFFGetFieldDefaulted(t, TIFFTAG_EXTRASAMPLES, count, kinds); }
static inline int ctiff_get_palette(TIFF *t, uint16_t **r, uint16_t **g, uint16_t **b) { return TIFFGetField(t, TIFFTAG_COLORMAP, r, g, b); }
static inline int ctiff_get_subsampling(TIFF *t, uint16_t *h, uint16_t *v) { return TIFFGetFieldDefaulted(t, TIFFTAG_YCBCRSUBSAMPLING, h, v); }
static inline int ctiff_set_u16(TIFF *t, uint32_t tag, int value) { return TIFFSetField(t, tag, value); }
static inline int ctiff_set_u32(TIFF *t, uint32_t tag, uint32_t value) { return TIFFSetField(t, tag, value); }
static inline int ctiff_set_double(TIFF *t, uint32_t tag, double value) { return TIFFSetField(t, tag, value); }

/// libtiff's own conversion to RGBA for the layouts that are not read directly. The orientation is left alone:
/// row 0 of `into` (width × rows pixels) is row `from` of the file. 1: done, 0: with damage, -1: impossible.
static inline int ctiff_rgba_rows(TIFF *t, uint32_t from, uint32_t rows, uint32_t width, uint32_t *into, char message[1024]) {
    TIFFRGBAImage image;
    if (!TIFFRGBAImageOK(t, message) || !TIFFRGBAImageBegin(&image, t, 0, message)) return -1;
    image.orientation = ORIENTATION_TOPLEFT;
    image.req_orientation = ORIENTATION_TOPLEFT;
    image.row_offset = (int)from;
    image.col_offset = 0;
    int done = TIFFRGBAImageGet(&image, into, width, rows);
    TIFFRGBAImageEnd(&image);
    return done ? 1 : 0;
}
