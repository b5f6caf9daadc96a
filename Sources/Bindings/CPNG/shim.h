#pragma once
#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// libpng reports errors with longjmp, which may not cross a Swift frame; and its simplified interface corrects gamma,
// so that the pixels would no longer be those of the file. Both calls below keep the jump inside C.

typedef struct {
    const uint8_t *bytes;
    size_t size, position;
    uint32_t rows;          ///< Whole rows decoded (of the last pass, when interlaced).
    char message[160];
} cpng_source;

static inline void cpng_fail(png_structp png, png_const_charp text) {
    cpng_source *source = (cpng_source *)png_get_error_ptr(png);
    if (!source->message[0]) snprintf(source->message, sizeof source->message, "%s", text);
    longjmp(*png_set_longjmp_fn(png, longjmp, sizeof(jmp_buf)), 1);
}

static inline void cpng_ignore(png_structp png, png_const_charp text) { (void)png; (void)text; }

static inline void cpng_take(png_structp png, png_bytep into, size_t count) {
    cpng_source *source = (cpng_source *)png_get_io_ptr(png);
    if (source->size - source->position < count) png_error(png, "the data end early");
    memcpy(into, source->bytes + source->position, count);
    source->position += count;
}

/// Decodes to 8-bit grey, grey+alpha, RGB or RGBA rows of `stride` bytes (`channels` 1 to 4 must be what the file gives
/// after expansion), or, of a file with a palette, to its indices, a byte each (`as_indices`, `channels` 1). 16-bit samples lose
/// their low byte. No gamma or colour correction. 1: whole, 0: damaged, `rows` are good.
static inline int cpng_decode(cpng_source *source, uint8_t *into, size_t stride, uint32_t width, uint32_t height, int channels, int as_indices) {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, source, cpng_fail, cpng_ignore);
    if (!png) return 0;
    png_infop info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, info ? &info : NULL, NULL);
        return 0;
    }
    png_set_read_fn(png, source, cpng_take);
    png_set_user_limits(png, width, height);
    png_set_crc_action(png, PNG_CRC_WARN_USE, PNG_CRC_WARN_USE);
    png_set_benign_errors(png, 1);
    png_read_info(png, info);
    if (as_indices) {
        png_set_packing(png);
    } else {
        png_set_expand(png);
        png_set_strip_16(png);
    }
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height ||
        png_get_channels(png, info) != channels || png_get_rowbytes(png, info) > stride)
        png_error(png, "the header contradicts itself");
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t row = 0; row < height; row++) {
            png_read_row(png, into + (size_t)row * stride, NULL);
            if (pass == passes - 1) source->rows = row + 1;
        }
    png_destroy_read_struct(&png, &info, NULL);
    return 1;
}
