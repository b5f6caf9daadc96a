import { say } from "./words.js";

// A case as it is read: volumes of pages, groups of pages (documents), and what stands in no volume as a last “volume”.
export class CaseModel {
  constructor(overview) {
    this.number = overview.case;
    this.volumes = overview.volumes.map((volume, index) => new Volume(volume, index));
    if (overview.setAside.image.length) {
      this.volumes.push(new Volume(
        { number: null, kind: null, files: [], documents: [], pages: overview.setAside }, this.volumes.length));
    }
    this.byImage = new Map(this.volumes.flatMap(volume => volume.pages.map(page => [page.image, page])));
  }

  get first() { return this.volumes[0]?.pages[0] ?? null; }

  volume(number) { return this.volumes.find(volume => volume.number === number); }

  // The page after or before, also over the end of a volume.
  step(page, by) {
    const pages = page.volume.pages;
    const next = pages[page.position + by];
    if (next) return next;
    const volume = this.volumes[page.volume.index + Math.sign(by)];
    return volume && (by > 0 ? volume.pages[0] : volume.pages.at(-1));
  }

  // The first page of the next document; of this one, when going back from its midst.
  stepDocument(page, by) {
    if (by < 0 && page.group.pages[0] !== page) return page.group.pages[0];
    const groups = page.volume.groups;
    const group = groups[page.group.index + by];
    if (group) return group.pages[0];
    const volume = this.volumes[page.volume.index + by];
    return volume && (by > 0 ? volume.groups[0] : volume.groups.at(-1)).pages[0];
  }
}

class Volume {
  constructor(source, index) {
    this.number = source.number;
    this.kind = source.kind;
    this.files = source.files;
    this.index = index;
    const columns = source.pages;
    this.pages = columns.image.map((image, position) => ({
      image, position, volume: this, document: columns.document[position], folio: columns.folio[position],
      width: columns.width[position], height: columns.height[position], rendition: columns.rendition[position],
      disposition: columns.disposition[position], turn: 0,
    }));
    this.groups = [];
    for (const page of this.pages) {
      let group = this.groups.at(-1);
      if (!group || group.document !== page.document) {
        group = { document: page.document, entry: source.documents[page.document - 1] ?? null, pages: [], volume: this, index: this.groups.length };
        this.groups.push(group);
      }
      group.pages.push(page);
      page.group = group;
    }
    this.folios = new Map();
    for (const page of this.pages) {
      if (page.folio !== null && !this.folios.has(page.folio)) this.folios.set(page.folio, page);
    }
  }

  get name() {
    return this.number === null ? say("set.aside") : `${say("volume", { number: this.number })}　${say(`kind.${this.kind}`)}`;
  }

  folio(text) {
    return this.folios.get(text) ?? this.folios.get(text.replace(/^0+(?=\d)/, ""));
  }
}

export function folioText(page) {
  return page.folio === null ? say("image", { image: page.image }) : say("folio", { folio: page.folio });
}

const hanDigits = "零一二三四五六七八九";

// 二十三 → 23, up to 99; other text stays.
function arabic(text) {
  const match = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(text);
  if (!text || !match || (!match[2] && match[1] && match[3])) return text;
  const value = digit => hanDigits.indexOf(digit);
  return String(match[2] ? (match[1] ? value(match[1]) : 1) * 10 + (match[3] ? value(match[3]) : 0) : value(match[1] || match[3]));
}

// v2p45 · 2卷45页 · 第2册第45页 · 2-45 · 45 · #17 → a page; null where there is none, undefined for what is no place.
export function findPlace(model, current, typed) {
  const text = typed.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
  let match;
  if ((match = /^(?:#|图|影像)(\d+)$/.exec(text))) return model.byImage.get(Number(match[1])) ?? null;
  if ((match = /^v(\d+)p(.+)$/.exec(text) ?? /^第?([\d一二三四五六七八九十]+)[卷册]第?(.+?)页?$/.exec(text))) {
    return model.volume(Number(arabic(match[1])))?.folio(arabic(match[2])) ?? null;
  }
  if ((match = /^v(\d+)$/.exec(text) ?? /^第?([\d一二三四五六七八九十]+)[卷册]$/.exec(text))) {
    return model.volume(Number(arabic(match[1])))?.pages[0] ?? null;
  }
  if (!(match = /^p?第?([\w.一二三四五六七八九十-]+?)页?$/u.exec(text))) return undefined;
  const here = current.volume.folio(arabic(match[1]));
  if (here) return here;
  const pair = /^(\d+)-(\d+)$/.exec(match[1]);
  return (pair && model.volume(Number(pair[1]))?.folio(pair[2])) ?? (/\d|[一二三四五六七八九十]/.test(match[1]) ? null : undefined);
}
