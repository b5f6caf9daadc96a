#pragma once
#include <stddef.h>
#include <stdint.h>

// Reading half of the QPDF shim. QPDF's own C interface copies whole streams before anything can be asked of them and
// does not lend page contents to a parser, so this one speaks C++ inside. No exception crosses this header.

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cqr_document cqr_document;

enum { CQR_OK = 0, CQR_PASSWORD = 1, CQR_DAMAGED = 2, CQR_SYSTEM = 3, CQR_LIMIT = 4 };

typedef struct {
    int code;
    char message[240];
} cqr_status;

/// Bytes owned by the receiver; give them back with `cqr_bytes_free`.
typedef struct {
    uint8_t *data;
    size_t size;
} cqr_bytes;

enum { CQR_NONE = 0, CQR_FLATE, CQR_DCT, CQR_CCITT, CQR_JBIG2, CQR_JPX };
enum { CQR_GRAY = 0, CQR_RGB, CQR_INDEXED_GRAY, CQR_INDEXED_RGB, CQR_OWN_SPACE };

/// What is painted on a page (ISO 32000-1 §7.8, §8).
typedef struct {
    double box[4];           ///< Visible box (CropBox within MediaBox): left, bottom, right, top, in user units.
    double user_unit;        ///< Points per user unit.
    int rotate;              ///< 0, 90, 180 or 270, clockwise.
    int images;              ///< Images painted.
    double largest_image;    ///< Pixels of the largest image on the page.
    double image_dpi;        ///< Highest resolution at which an image is placed.
    int paints_more;         ///< Anything visible that is not an image.
    int sole;                ///< The page shows exactly one image that can be taken over as it is.
    char reason[80];         ///< Why it is not, where `sole` is 0.
} cqr_page;

/// The sole image of a page.
typedef struct {
    double matrix[6];        ///< Unit square to user units.
    int64_t width, height;
    int bits;
    int filter;              ///< The last filter of the chain; CQR_NONE when samples have to be decoded.
    int space;
    int inverted;            ///< The Decode array swaps the ends of every component.
    int k, columns, rows, black_is_1, byte_align, end_of_line, end_of_block;   ///< CCITT parameters (ISO 32000-1 table 11).
    int predictor, colors, predictor_bits, predictor_columns;                  ///< Flate parameters (table 8).
    double user_unit;        ///< Points per user unit.
    int color_transform;     ///< DCT parameter (table 13), -1 when absent.
    int delivered;           ///< The coded bytes are exactly those of the file.
} cqr_image;

cqr_document *cqr_open(const char *path, cqr_status *status);
void cqr_close(cqr_document *document);
int cqr_page_count(cqr_document *document, cqr_status *status);

/// Looks at a page (0-based). Its sole image, where there is one, stays at hand for the calls below.
int cqr_look(cqr_document *document, int page, cqr_page *out, cqr_status *status);
int cqr_sole_image(cqr_document *document, cqr_image *out, cqr_status *status);
/// Bytes coded by the last filter.
int cqr_coded(cqr_document *document, size_t limit, cqr_bytes *out, cqr_status *status);
/// Samples after all filters, at most `limit` bytes. Only for filters QPDF decodes (not CCITT, JBIG2, JPX).
int cqr_samples(cqr_document *document, size_t limit, cqr_bytes *out, cqr_status *status);
int cqr_globals(cqr_document *document, size_t limit, cqr_bytes *out, cqr_status *status);
int cqr_palette(cqr_document *document, cqr_bytes *out, cqr_status *status);
void cqr_bytes_free(cqr_bytes *bytes);

#ifdef __cplusplus
}
#endif
