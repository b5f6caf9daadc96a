#include "CQPDFReader.h"

#define POINTERHOLDER_TRANSITION 4

#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFSystemError.hh>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string>
#include <vector>

namespace {

/// Longest page content that is looked at; a longer one is drawn.
constexpr size_t contentLimit = 64u << 20;
constexpr int formDepthLimit = 12;

/// Keeps what fits and drops the rest, so that a small file cannot ask for a large memory.
class Bounded : public Pipeline {
public:
    Bounded(std::string &target, size_t limit) : Pipeline("bounded", nullptr), target(target), limit(limit) {}
    void write(unsigned char const *data, size_t length) override {
        size_t room = limit - target.size();
        overflowed = overflowed || length > room;
        target.append(reinterpret_cast<char const *>(data), std::min(length, room));
    }
    void finish() override {}
    bool overflowed = false;

private:
    std::string &target;
    size_t limit;
};

struct Box {
    double left, bottom, right, top;
};

Box boundsOf(QPDFMatrix const &m, double x, double y, double w, double h) {
    double xs[4], ys[4];
    m.transform(x, y, xs[0], ys[0]);
    m.transform(x + w, y, xs[1], ys[1]);
    m.transform(x, y + h, xs[2], ys[2]);
    m.transform(x + w, y + h, xs[3], ys[3]);
    return {*std::min_element(xs, xs + 4), *std::min_element(ys, ys + 4), *std::max_element(xs, xs + 4), *std::max_element(ys, ys + 4)};
}

bool isAxisParallel(QPDFMatrix const &m) {
    double straight = std::max(std::fabs(m.a), std::fabs(m.d)), crossed = std::max(std::fabs(m.b), std::fabs(m.c));
    double small = std::min(straight, crossed), large = std::max(straight, crossed);
    return large > 0 && small <= large * 1e-4;
}

bool covers(Box const &outer, Box const &inner, double tolerance) {
    return outer.left <= inner.left + tolerance && outer.bottom <= inner.bottom + tolerance &&
           outer.right >= inner.right - tolerance && outer.top >= inner.top - tolerance;
}

struct GraphicsState {
    QPDFMatrix matrix;
    Box clip{-1e9, -1e9, 1e9, 1e9};
    bool clipIsOdd = false;
    bool blends = false;
    int textMode = 0;
};

struct Placement {
    QPDFObjectHandle stream;
    GraphicsState state;
    bool hidable;
};

/// What the contents of a page paint.
struct Painting {
    std::vector<Placement> images;
    bool paintsMore = false;
    int optional = 0;
};

double number(QPDFObjectHandle object, double fallback = 0) {
    return object.isNumber() ? object.getNumericValue() : fallback;
}

class Interpreter : public QPDFObjectHandle::ParserCallbacks {
public:
    Interpreter(QPDF &pdf, QPDFObjectHandle resources, GraphicsState state, Painting &painting, int depth)
        : pdf(pdf), resources(resources), state(state), painting(painting), depth(depth) {}

    void handleObject(QPDFObjectHandle object) override {
        if (object.isInlineImage()) {
            painting.paintsMore = true;
        } else if (object.isOperator()) {
            perform(object.getOperatorValue());
            operands.clear();
        } else if (operands.size() < 64) {
            operands.push_back(object);
        }
    }
    void handleEOF() override {}

private:
    QPDF &pdf;
    QPDFObjectHandle resources;
    GraphicsState state;
    Painting &painting;
    int depth;
    std::vector<GraphicsState> saved;
    std::vector<QPDFObjectHandle> operands;
    std::vector<bool> marked;
    std::vector<Box> rectangles;
    bool pathIsOdd = false, clipsNext = false;

    double operand(size_t index) { return index < operands.size() ? number(operands[index]) : 0; }

    void perform(std::string const &op) {
        static std::set<std::string> const paints{"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"};
        static std::set<std::string> const shows{"Tj", "TJ", "'", "\""};
        static std::set<std::string> const draws{"l", "c", "v", "y"};
        if (op == "q") { if (saved.size() < 512) saved.push_back(state); }
        else if (op == "Q") restore();
        else if (op == "cm") state.matrix.concat({operand(0), operand(1), operand(2), operand(3), operand(4), operand(5)});
        else if (op == "gs") extendedState();
        else if (op == "Tr") state.textMode = static_cast<int>(operand(0));
        else if (op == "Do") paintObject();
        else if (op == "re") addRectangle();
        else if (draws.count(op)) pathIsOdd = true;
        else if (op == "W" || op == "W*") clipsNext = true;
        else if (op == "n") endPath();
        else if (paints.count(op)) { painting.paintsMore = true; endPath(); }
        else if (shows.count(op)) { if (state.textMode != 3) painting.paintsMore = true; }
        else if (op == "BDC" || op == "BMC") beginMarked();
        else if (op == "EMC") endMarked();
    }

    void restore() {
        if (saved.empty()) return;
        state = saved.back();
        saved.pop_back();
    }

    void addRectangle() {
        if (!isAxisParallel(state.matrix)) pathIsOdd = true;
        rectangles.push_back(boundsOf(state.matrix, operand(0), operand(1), operand(2), operand(3)));
    }

    void endPath() {
        if (clipsNext) {
            if (pathIsOdd || rectangles.size() != 1) state.clipIsOdd = true;
            else {
                Box const &r = rectangles[0];
                state.clip = {std::max(state.clip.left, r.left), std::max(state.clip.bottom, r.bottom),
                              std::min(state.clip.right, r.right), std::min(state.clip.top, r.top)};
            }
        }
        clipsNext = pathIsOdd = false;
        rectangles.clear();
    }

    void beginMarked() {
        bool optional = !operands.empty() && operands[0].isName() && operands[0].getName() == "/OC";
        marked.push_back(optional);
        painting.optional += optional;
    }

    void endMarked() {
        if (marked.empty()) return;
        painting.optional -= marked.back();
        marked.pop_back();
    }

    QPDFObjectHandle resource(char const *kind) {
        if (operands.empty() || !operands[0].isName() || !resources.isDictionary()) return QPDFObjectHandle::newNull();
        auto group = resources.getKey(kind);
        return group.isDictionary() ? group.getKey(operands[0].getName()) : QPDFObjectHandle::newNull();
    }

    void extendedState() {
        auto values = resource("/ExtGState");
        if (!values.isDictionary()) return;
        auto mask = values.getKey("/SMask"), mode = values.getKey("/BM");
        if (!mask.isNull() && !(mask.isName() && mask.getName() == "/None")) state.blends = true;
        if (mode.isName() && mode.getName() != "/Normal" && mode.getName() != "/Compatible") state.blends = true;
        if (mode.isArray() || number(values.getKey("/ca"), 1) < 1) state.blends = true;
    }

    void paintObject() {
        auto object = resource("/XObject");
        if (!object.isStream()) return;
        auto dictionary = object.getDict();
        auto subtype = dictionary.getKey("/Subtype");
        bool optional = painting.optional > 0 || dictionary.hasKey("/OC");
        if (subtype.isName() && subtype.getName() == "/Image") {
            if (painting.images.size() < 100000) painting.images.push_back({object, state, optional});
        } else if (subtype.isName() && subtype.getName() == "/Form") {
            paintForm(object, optional);
        }
    }

    void paintForm(QPDFObjectHandle form, bool optional);
};

/// Runs the operators of a content stream.
void interpret(QPDF &pdf, std::string const &contents, QPDFObjectHandle resources, GraphicsState state, Painting &painting, int depth) {
    Interpreter callbacks(pdf, resources, state, painting, depth);
    QPDFObjectHandle::parseContentStream(QPDFObjectHandle::newStream(&pdf, contents), &callbacks);
}

void Interpreter::paintForm(QPDFObjectHandle form, bool optional) {
    if (depth >= formDepthLimit) { painting.paintsMore = true; return; }
    auto dictionary = form.getDict();
    GraphicsState inner = state;
    auto matrix = dictionary.getKey("/Matrix");
    if (matrix.isMatrix()) {
        auto m = matrix.getArrayAsMatrix();
        inner.matrix.concat({m.a, m.b, m.c, m.d, m.e, m.f});
    }
    auto box = dictionary.getKey("/BBox");
    if (box.isRectangle()) {
        auto r = box.getArrayAsRectangle();
        if (!isAxisParallel(inner.matrix)) inner.clipIsOdd = true;
        Box b = boundsOf(inner.matrix, r.llx, r.lly, r.urx - r.llx, r.ury - r.lly);
        inner.clip = {std::max(inner.clip.left, b.left), std::max(inner.clip.bottom, b.bottom),
                      std::min(inner.clip.right, b.right), std::min(inner.clip.top, b.top)};
    }
    std::string contents;
    Bounded pipe(contents, contentLimit);
    form.pipeStreamData(&pipe, 0, qpdf_dl_specialized, true);
    if (pipe.overflowed) { painting.paintsMore = true; return; }
    auto own = dictionary.getKey("/Resources");
    painting.optional += optional;
    interpret(pdf, contents, own.isDictionary() ? own : resources, inner, painting, depth + 1);
    painting.optional -= optional;
}

void fill(cqr_status *status, int code, char const *message) {
    status->code = code;
    std::snprintf(status->message, sizeof status->message, "%s", message);
}

/// Every call goes through here: a C++ exception becomes a code and a message.
template <typename Work> int guarded(cqr_status *status, Work work) {
    fill(status, CQR_OK, "");
    try {
        work();
    } catch (QPDFExc const &e) {
        fill(status, e.getErrorCode() == qpdf_e_password ? CQR_PASSWORD : e.getErrorCode() == qpdf_e_system ? CQR_SYSTEM : CQR_DAMAGED,
             e.getMessageDetail().empty() ? e.what() : e.getMessageDetail().c_str());
    } catch (QPDFSystemError const &e) {
        fill(status, CQR_SYSTEM, e.what());
    } catch (std::bad_alloc const &) {
        fill(status, CQR_LIMIT, "out of memory");
    } catch (std::exception const &e) {
        fill(status, CQR_DAMAGED, e.what());
    } catch (...) {
        fill(status, CQR_DAMAGED, "unknown failure");
    }
    return status->code;
}

void hand(std::string const &from, cqr_bytes *out) {
    out->size = from.size();
    out->data = static_cast<uint8_t *>(std::malloc(from.size() ? from.size() : 1));
    if (!out->data) throw std::bad_alloc();
    std::memcpy(out->data, from.data(), from.size());
}

std::vector<std::string> filtersOf(QPDFObjectHandle dictionary) {
    std::vector<std::string> names;
    auto filter = dictionary.getKey("/Filter");
    if (filter.isName()) names.push_back(filter.getName());
    if (filter.isArray())
        for (auto &item : filter.getArrayAsVector()) names.push_back(item.isName() ? item.getName() : "");
    return names;
}

QPDFObjectHandle parametersOf(QPDFObjectHandle dictionary, size_t index) {
    auto all = dictionary.getKey("/DecodeParms");
    if (all.isDictionary() && index == 0) return all;
    if (all.isArray() && static_cast<int>(index) < all.getArrayNItems()) return all.getArrayItem(static_cast<int>(index));
    return QPDFObjectHandle::newNull();
}

int kindOf(std::string const &name) {
    if (name == "/FlateDecode" || name == "/Fl") return CQR_FLATE;
    if (name == "/DCTDecode" || name == "/DCT") return CQR_DCT;
    if (name == "/CCITTFaxDecode" || name == "/CCF") return CQR_CCITT;
    if (name == "/JBIG2Decode") return CQR_JBIG2;
    if (name == "/JPXDecode") return CQR_JPX;
    return CQR_NONE;
}

int integer(QPDFObjectHandle dictionary, char const *key, int fallback) {
    if (!dictionary.isDictionary()) return fallback;
    auto value = dictionary.getKey(key);
    return value.isInteger() ? value.getIntValueAsInt() : fallback;
}

int boolean(QPDFObjectHandle dictionary, char const *key, int fallback) {
    if (!dictionary.isDictionary()) return fallback;
    auto value = dictionary.getKey(key);
    return value.isBool() ? value.getBoolValue() : fallback;
}

/// CQR_GRAY or CQR_RGB, or -1 for a space that cannot be mapped to a device space by its component count.
int deviceSpace(QPDFObjectHandle space) {
    if (space.isName()) {
        auto name = space.getName();
        return name == "/DeviceGray" || name == "/G" || name == "/CalGray" ? CQR_GRAY
             : name == "/DeviceRGB" || name == "/RGB" || name == "/CalRGB" ? CQR_RGB : -1;
    }
    if (!space.isArray() || space.getArrayNItems() < 1 || !space.getArrayItem(0).isName()) return -1;
    auto family = space.getArrayItem(0).getName();
    if (family != "/ICCBased") return deviceSpace(space.getArrayItem(0));
    if (space.getArrayNItems() < 2 || !space.getArrayItem(1).isStream()) return -1;
    int components = integer(space.getArrayItem(1).getDict(), "/N", 0);
    return components == 1 ? CQR_GRAY : components == 3 ? CQR_RGB : -1;
}

bool isIndexed(QPDFObjectHandle space) {
    return space.isArray() && space.getArrayNItems() == 4 && space.getArrayItem(0).isName() &&
           (space.getArrayItem(0).getName() == "/Indexed" || space.getArrayItem(0).getName() == "/I");
}

int spaceOf(QPDFObjectHandle space) {
    if (!isIndexed(space)) return deviceSpace(space);
    int base = deviceSpace(space.getArrayItem(1));
    return base == CQR_GRAY ? CQR_INDEXED_GRAY : base == CQR_RGB ? CQR_INDEXED_RGB : -1;
}

/// 0: default, 1: swapped, -1: anything else.
int decodeKind(QPDFObjectHandle decode, int components, double top) {
    if (!decode.isArray()) return 0;
    if (decode.getArrayNItems() < 2 * components) return 0;
    bool straight = true, swapped = true;
    for (int i = 0; i < components; i++) {
        double low = number(decode.getArrayItem(2 * i)), high = number(decode.getArrayItem(2 * i + 1));
        straight = straight && low == 0 && std::fabs(high - top) < 1e-6;
        swapped = swapped && high == 0 && std::fabs(low - top) < 1e-6;
    }
    return straight ? 0 : swapped ? 1 : -1;
}

char const *oddityOfImage(QPDFObjectHandle stream) {
    auto d = stream.getDict();
    if (boolean(d, "/ImageMask", 0)) return "the image is a stencil mask";
    if (d.getKey("/SMask").isStream() || !d.getKey("/Mask").isNull() || integer(d, "/SMaskInData", 0) != 0) return "the image has a mask";
    if (integer(d, "/Width", 0) < 1 || integer(d, "/Height", 0) < 1) return "the image has no size";
    auto names = filtersOf(d);
    int filter = names.empty() ? CQR_NONE : kindOf(names.back());
    for (size_t i = 0; i + 1 < names.size(); i++)
        if (kindOf(names[i]) > CQR_FLATE) return "the image has an odd chain of filters";
    int bits = integer(d, "/BitsPerComponent", filter == CQR_CCITT || filter == CQR_JBIG2 ? 1 : filter == CQR_DCT ? 8 : 0);
    if (filter == CQR_JPX) return nullptr;
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) return "the image has an odd sample size";
    auto space = d.getKey("/ColorSpace");
    int kind = spaceOf(space);
    if (kind < 0) return "the colour space is neither grey nor RGB";
    bool indexed = kind >= CQR_INDEXED_GRAY;
    if (indexed && bits > 8) return "the palette is too large";
    double top = indexed ? std::pow(2, bits) - 1 : 1;
    int swapped = decodeKind(d.getKey("/Decode"), kind == CQR_RGB ? 3 : 1, top);
    if (swapped < 0 || (swapped == 1 && (indexed || filter == CQR_DCT))) return "the image has an odd decode array";
    return nullptr;
}

bool annotationShows(QPDFObjectHandle annotation) {
    if (!annotation.isDictionary()) return false;
    auto subtype = annotation.getKey("/Subtype");
    std::string name = subtype.isName() ? subtype.getName() : "";
    constexpr int invisibleHiddenOrNoView = 1 | 2 | 32;
    return name != "/Popup" && name != "/Link" && (integer(annotation, "/F", 0) & invisibleHiddenOrNoView) == 0;
}

Box visibleBox(QPDFPageObjectHelper &page) {
    auto media = page.getMediaBox(true), crop = page.getCropBox(true);
    auto rectangle = [](QPDFObjectHandle array, Box fallback) -> Box {
        if (!array.isRectangle()) return fallback;
        auto r = array.getArrayAsRectangle();
        return {std::min(r.llx, r.urx), std::min(r.lly, r.ury), std::max(r.llx, r.urx), std::max(r.lly, r.ury)};
    };
    Box m = rectangle(media, {0, 0, 612, 792}), c = rectangle(crop, m);
    Box both{std::max(m.left, c.left), std::max(m.bottom, c.bottom), std::min(m.right, c.right), std::min(m.top, c.top)};
    return both.left < both.right && both.bottom < both.top ? both : m;
}

} // namespace

struct cqr_document {
    QPDF pdf;
    std::vector<QPDFPageObjectHelper> pages;
    QPDFObjectHandle image;
    QPDFMatrix matrix;
    double userUnit = 1;
};

namespace {

char const *oddity(Painting const &painting, Box const &box, double unit, QPDFObjectHandle page) {
    if (painting.images.size() != 1) return painting.images.empty() ? "the page shows no image" : "the page shows several images";
    if (painting.paintsMore) return "the page shows more than an image";
    auto const &only = painting.images[0];
    if (only.hidable) return "the image is optional content";
    if (only.state.blends) return "the image is blended";
    auto const &m = only.state.matrix;
    if (!isAxisParallel(m) || m.a * m.d - m.b * m.c <= 0) return "the image is skewed or mirrored";
    Box place = boundsOf(m, 0, 0, 1, 1);
    if (only.state.clipIsOdd || !covers(only.state.clip, place, 1 / unit)) return "the image is clipped";
    if (!covers(box, place, 1 / unit)) return "the page cuts the image";
    auto annotations = page.getKey("/Annots");
    if (annotations.isArray())
        for (auto const &a : annotations.getArrayAsVector())
            if (annotationShows(a)) return "the page has annotations";
    return oddityOfImage(only.stream);
}

void measureImages(Painting const &painting, double unit, cqr_page *out) {
    out->images = static_cast<int>(painting.images.size());
    for (auto image : painting.images) {
        auto d = image.stream.getDict();
        double width = number(d.getKey("/Width")), height = number(d.getKey("/Height"));
        auto const &m = image.state.matrix;
        double across = std::hypot(m.a, m.b) * unit, down = std::hypot(m.c, m.d) * unit;
        out->largest_image = std::max(out->largest_image, width * height);
        if (across > 0 && down > 0) out->image_dpi = std::max(out->image_dpi, 72 * std::max(width / across, height / down));
    }
}

void look(cqr_document *document, int index, cqr_page *out) {
    auto &page = document->pages.at(static_cast<size_t>(index));
    auto dictionary = page.getObjectHandle();
    Box box = visibleBox(page);
    double unit = number(dictionary.getKey("/UserUnit"), 1);
    if (!(unit > 0)) unit = 1;
    auto rotate = page.getAttribute("/Rotate", false);
    int turn = rotate.isInteger() ? rotate.getIntValueAsInt() : 0;
    out->rotate = turn % 90 == 0 ? ((turn % 360) + 360) % 360 : 0;
    out->box[0] = box.left; out->box[1] = box.bottom; out->box[2] = box.right; out->box[3] = box.top;
    out->user_unit = unit;
    std::string contents;
    Bounded pipe(contents, contentLimit);
    page.pipeContents(&pipe);
    Painting painting;
    painting.paintsMore = pipe.overflowed;
    if (!pipe.overflowed) interpret(document->pdf, contents, page.getAttribute("/Resources", false), {}, painting, 0);
    measureImages(painting, unit, out);
    out->paints_more = painting.paintsMore;
    char const *odd = oddity(painting, box, unit, dictionary);
    out->sole = odd == nullptr;
    std::snprintf(out->reason, sizeof out->reason, "%s", odd ? odd : "");
    document->userUnit = unit;
    document->image = odd ? QPDFObjectHandle::newNull() : painting.images[0].stream;
    if (!odd) document->matrix = painting.images[0].state.matrix;
}

void describe(cqr_document *document, cqr_image *out) {
    auto d = document->image.getDict();
    auto names = filtersOf(d);
    auto const &m = document->matrix;
    double const matrix[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
    std::memcpy(out->matrix, matrix, sizeof matrix);
    out->user_unit = document->userUnit;
    out->width = integer(d, "/Width", 0);
    out->height = integer(d, "/Height", 0);
    out->filter = names.empty() ? CQR_NONE : kindOf(names.back());
    out->bits = integer(d, "/BitsPerComponent", out->filter == CQR_CCITT || out->filter == CQR_JBIG2 ? 1 : 8);
    int space = spaceOf(d.getKey("/ColorSpace"));
    out->space = space < 0 ? CQR_OWN_SPACE : space;
    out->inverted = decodeKind(d.getKey("/Decode"), space == CQR_RGB ? 3 : 1, 1) == 1;
    auto p = names.empty() ? QPDFObjectHandle::newNull() : parametersOf(d, names.size() - 1);
    out->k = integer(p, "/K", 0);
    out->columns = integer(p, "/Columns", 1728);
    out->rows = integer(p, "/Rows", 0);
    out->black_is_1 = boolean(p, "/BlackIs1", 0);
    out->byte_align = boolean(p, "/EncodedByteAlign", 0);
    out->end_of_line = boolean(p, "/EndOfLine", 0);
    out->end_of_block = boolean(p, "/EndOfBlock", 1);
    out->predictor = integer(p, "/Predictor", 1);
    out->colors = integer(p, "/Colors", 1);
    out->predictor_bits = integer(p, "/BitsPerComponent", 8);
    out->predictor_columns = integer(p, "/Columns", 1);
    out->color_transform = integer(p, "/ColorTransform", -1);
    out->delivered = names.size() == 1;
}

/// A stream like `image` that lacks its last filter, so that QPDF undoes all the others.
std::string withoutLastFilter(cqr_document *document, size_t limit) {
    auto image = document->image;
    auto d = image.getDict();
    auto names = filtersOf(d);
    std::string raw, undone;
    Bounded pipe(raw, limit);
    image.pipeStreamData(&pipe, 0, qpdf_dl_none, true);
    if (names.size() < 2) return raw;
    auto shorter = QPDFObjectHandle::newStream(&document->pdf, raw);
    auto filters = QPDFObjectHandle::newArray(), parameters = QPDFObjectHandle::newArray();
    for (size_t i = 0; i + 1 < names.size(); i++) {
        filters.appendItem(QPDFObjectHandle::newName(names[i]));
        parameters.appendItem(parametersOf(d, i));
    }
    shorter.getDict().replaceKey("/Filter", filters);
    shorter.getDict().replaceKey("/DecodeParms", parameters);
    Bounded second(undone, limit);
    if (!shorter.pipeStreamData(&second, 0, qpdf_dl_specialized, true)) throw std::runtime_error("a filter of the image cannot be undone");
    return undone;
}

} // namespace

cqr_document *cqr_open(const char *path, cqr_status *status) {
    cqr_document *document = nullptr;
    int code = guarded(status, [&] {
        document = new cqr_document;
        document->pdf.setSuppressWarnings(true);
        document->pdf.processFile(path);
        document->pages = QPDFPageDocumentHelper(document->pdf).getAllPages();
    });
    if (code == CQR_OK) return document;
    cqr_close(document);
    return nullptr;
}

void cqr_close(cqr_document *document) { delete document; }

int cqr_page_count(cqr_document *document, cqr_status *status) {
    fill(status, CQR_OK, "");
    return static_cast<int>(document->pages.size());
}

int cqr_look(cqr_document *document, int page, cqr_page *out, cqr_status *status) {
    std::memset(out, 0, sizeof *out);
    return guarded(status, [&] { look(document, page, out); });
}

int cqr_sole_image(cqr_document *document, cqr_image *out, cqr_status *status) {
    std::memset(out, 0, sizeof *out);
    return guarded(status, [&] { describe(document, out); });
}

int cqr_coded(cqr_document *document, size_t limit, cqr_bytes *out, cqr_status *status) {
    return guarded(status, [&] { hand(withoutLastFilter(document, limit), out); });
}

int cqr_samples(cqr_document *document, size_t limit, cqr_bytes *out, cqr_status *status) {
    return guarded(status, [&] {
        std::string samples;
        Bounded pipe(samples, limit);
        bool filtered = false;
        document->image.pipeStreamData(&pipe, &filtered, 0, qpdf_dl_specialized, true, false);
        if (!filtered) throw std::runtime_error("the filters of the image cannot be undone");
        hand(samples, out);
    });
}

int cqr_globals(cqr_document *document, size_t limit, cqr_bytes *out, cqr_status *status) {
    return guarded(status, [&] {
        auto d = document->image.getDict();
        auto names = filtersOf(d);
        auto p = names.empty() ? QPDFObjectHandle::newNull() : parametersOf(d, names.size() - 1);
        std::string bytes;
        Bounded pipe(bytes, limit);
        if (p.isDictionary() && p.getKey("/JBIG2Globals").isStream())
            p.getKey("/JBIG2Globals").pipeStreamData(&pipe, 0, qpdf_dl_specialized, true);
        hand(bytes, out);
    });
}

int cqr_palette(cqr_document *document, cqr_bytes *out, cqr_status *status) {
    return guarded(status, [&] {
        auto space = document->image.getDict().getKey("/ColorSpace");
        if (!isIndexed(space)) throw std::runtime_error("the image has no palette");
        auto table = space.getArrayItem(3);
        std::string bytes;
        Bounded pipe(bytes, 3 * 256);
        if (table.isStream()) table.pipeStreamData(&pipe, 0, qpdf_dl_specialized, true);
        else if (table.isString()) bytes = table.getStringValue();
        long long top = std::min<long long>(255, std::max<long long>(0, static_cast<long long>(number(space.getArrayItem(2)))));
        bytes.resize(static_cast<size_t>(top + 1) * (deviceSpace(space.getArrayItem(1)) == CQR_RGB ? 3 : 1), '\0');
        hand(bytes, out);
    });
}

void cqr_bytes_free(cqr_bytes *bytes) {
    std::free(bytes->data);
    bytes->data = nullptr;
    bytes->size = 0;
}
