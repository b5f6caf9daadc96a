"""The canonical forms of a PDF's pages as docs/hash-tree.md describes them.

Prints one SHA-256 for each page, and one for all that belongs to no page. Written after the document alone, with nothing of
Dossier: if the two disagree, one of them is wrong. qpdf only takes the objects out of their object streams; it leaves out an entry
whose reference names nothing, so this tells of a file with such a reference, which has no canonical form, only where qpdf does not.
"""
import hashlib, re, subprocess, sys, zlib

TOKEN = re.compile(
    rb"[\s\0]*(?:(?P<dictionary><<)|(?P<end>>>|\]|endobj|stream\r?\n)|(?P<array>\[)|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<literal>\()"
    rb"|/(?P<name>[^\s\0()<>\[\]{}/%]*)|(?P<reference>\d+ \d+ R)|(?P<plain>[^\s\0()<>\[\]{}/%]+))")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Name(bytes):
    pass


class Reference(bytes):
    pass


class Plain(bytes):
    """A number, true or false, as it stands in the file."""


class End(bytes):
    pass


class Stream:
    def __init__(self, entries, data):
        self.entries, self.data = entries, data


class Parser:
    def __init__(self, data, at):
        self.data, self.at = data, at

    def value(self):
        token = TOKEN.match(self.data, self.at)
        self.at = token.end()
        kind, text = token.lastgroup, token[token.lastgroup]
        if kind == "dictionary":
            items = self.values()
            return dict(zip(items[::2], items[1::2]))
        if kind == "array":
            return self.values()
        if kind == "hex":
            return bytes.fromhex(text.decode())
        if kind == "literal":
            return self.literal()
        if kind == "name":
            return Name(re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), text))
        if kind == "plain":
            return None if text == b"null" else Plain(text)
        return Reference(text) if kind == "reference" else End(text)

    def values(self):
        values = []
        while not isinstance(value := self.value(), End):
            values.append(value)
        return values

    def literal(self):
        text, depth = b"", 1
        while True:
            byte = self.data[self.at:self.at + 1]
            self.at += 1
            depth += {b"(": 1, b")": -1}.get(byte, 0)
            if depth == 0:
                return text
            if byte != b"\\":
                text += byte
            elif octal := re.compile(rb"[0-7]{1,3}").match(self.data, self.at):
                text, self.at = text + bytes([int(octal[0], 8) & 255]), octal.end()
            else:
                after = self.data[self.at:self.at + 1]
                text, self.at = text + ESCAPES.get(after, after), self.at + 1

    def object(self):
        value = self.value()
        if isinstance(value, dict) and self.value().startswith(b"stream"):
            return Stream(value, self.data[self.at:self.at + int(value[b"Length"])])
        return value


def read(path):
    """The objects by their references, and the trailer."""
    command = ["qpdf", "--object-streams=disable", "--stream-data=preserve", path, "-"]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    start = int(data[data.rindex(b"startxref"):].split()[1])
    table = data[start:data.rindex(b"trailer")]
    offsets = re.findall(rb"(\d{10}) \d{5} ([nf])", table)
    objects = {}
    for number, (offset, kind) in enumerate(offsets):
        if kind == b"n":
            head = re.compile(rb"\d+ \d+ obj").match(data, int(offset))
            objects[b"%d 0 R" % number] = Parser(data, head.end()).object()
    return objects, Parser(data, data.rindex(b"trailer") + len(b"trailer")).value()


OBJECTS, TRAILER = read(sys.argv[1])


def resolved(value):
    """A reference that names no object, as with a generation but 0, stops everything: programs make different things of it."""
    while isinstance(value, Reference):
        value = OBJECTS[value]
        assert value is not None
    return value.entries if isinstance(value, Stream) else value


def pages(node):
    if resolved(node)[b"Type"] == b"Page":
        return [node]
    return [page for kid in resolved(resolved(node)[b"Kids"]) for page in pages(kid)]


ROOT = TRAILER[b"Root"]
PAGES = pages(resolved(ROOT)[b"Pages"])


def name(raw):
    regular = lambda byte: 0x21 <= byte <= 0x7E and byte not in b"#()<>[]{}/%"
    return "/" + "".join(chr(byte) if regular(byte) else f"#{byte:02x}" for byte in raw)


class Form:
    def __init__(self):
        self.objects, self.lines = [], []

    def part(self, value):
        if not isinstance(value, Reference):
            return self.value(value)
        resolved(value)
        if value not in self.objects and value in PAGES:
            return f"page {PAGES.index(value) + 1}"
        if value not in self.objects:
            self.objects.append(value)
        return f"{self.objects.index(value) + 1} R"

    def value(self, value):
        if isinstance(value, dict):
            return self.dictionary(value)
        if isinstance(value, list):
            return " ".join(["[", *map(self.part, value), "]"])
        if value is None:
            return "null"
        if isinstance(value, Plain):
            return value.decode()
        return name(value) if isinstance(value, Name) else f"<{value.hex()}>"

    def dictionary(self, entries):
        keys = sorted(key for key in entries if entries[key] is not None)
        return " ".join(["<<", *(f"{name(key)} {self.part(entries[key])}" for key in keys), ">>"])

    def stream(self, reference):
        stream = OBJECTS[reference]
        left_out, data = {b"Length"}, stream.data
        if stream.entries.get(b"Subtype") != b"Image":
            left_out |= {b"Filter", b"DecodeParms"}
            if b"Filter" in stream.entries:
                assert stream.entries[b"Filter"] == b"FlateDecode" and b"DecodeParms" not in stream.entries
                data = zlib.decompress(data)
        if reference == resolved(ROOT)[b"Metadata"]:
            data = data.replace(b"<pdfaid:part>3</pdfaid:part>", b"<pdfaid:part>2</pdfaid:part>")
        entries = {key: value for key, value in stream.entries.items() if key not in left_out}
        return f"{self.dictionary(entries)} stream {hashlib.sha256(data).hexdigest()}"

    def catalogue(self, entries):
        entries = {key: value for key, value in entries.items() if key not in (b"AF", b"DOSS_Record", b"DOSS_Seal")}
        names = {key: value for key, value in resolved(entries.pop(Name(b"Names"), {})).items() if key != b"EmbeddedFiles"}
        return self.dictionary(entries | ({Name(b"Names"): names} if names else {}))

    def digest(self, first, done):
        """Of the first line and the lines of all objects behind the first `done`."""
        self.lines.append(first)
        while done < len(self.objects):
            reference = self.objects[done]
            done += 1
            if isinstance(OBJECTS[reference], Stream):
                text = self.stream(reference)
            elif reference == ROOT:
                text = self.catalogue(resolved(reference))
            else:
                text = self.value(resolved(reference))
            self.lines.append(f"{done} {text}")
        return hashlib.sha256("".join(line + "\n" for line in self.lines).encode()).hexdigest()


def inherited(entries, key):
    while entries and key not in entries:
        entries = resolved(entries.get(b"Parent"))
    return entries[key] if entries else None


def of_page(reference):
    form, own = Form(), resolved(reference)
    form.objects.append(reference)
    entries = own | {key: inherited(own, key) for key in (b"CropBox", b"MediaBox", b"Resources", b"Rotate")}
    del entries[b"Parent"]
    return form.digest("1 " + form.dictionary(entries), 1)


for page in PAGES:
    print(of_page(page))
form = Form()
print(form.digest("trailer " + form.dictionary({key: TRAILER[key] for key in (b"Info", b"Root") if key in TRAILER}), 0))
