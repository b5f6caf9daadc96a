import { make, say } from "./words.js";
import { folioText } from "./model.js";

const rowHeight = 26;
const margin = 8;

// The index: volume › document › page. Only the rows in the window are in the DOM; the focus stays on the tree and
// aria-activedescendant names the active row (WAI-ARIA Authoring Practices, tree view).
export class IndexTree {
  #element;
  #model;
  #open;
  #unfolded = new Set();
  #rows = [];
  #shown = new Map();
  #active = 0;
  #current = null;
  #sheet = make("div", { class: "rows", role: "none" });

  // open(page) is called when somebody chooses a row.
  constructor(element, model, open) {
    this.#element = element;
    this.#model = model;
    this.#open = open;
    element.replaceChildren(this.#sheet);
    for (const volume of model.volumes) if (volume.number !== null) this.#unfolded.add(volume);
    element.addEventListener("scroll", () => this.#render(), { passive: true });
    element.addEventListener("keydown", event => this.#key(event));
    element.addEventListener("click", event => this.#click(event));
    new ResizeObserver(() => this.#render()).observe(element);
    this.#flatten();
  }

  // Marks the page that is shown, and brings its row (or that of its document) into view.
  follow(page) {
    this.#current = page;
    const index = this.#rowOf(page);
    if (index >= 0) {
      this.#active = index;
      this.#reveal(index);
    }
    this.#render();
  }

  focus() { this.#element.focus(); }

  #rowOf(page) {
    const place = item => this.#rows.findIndex(row => row.item === item);
    for (const item of [page, page.group, page.volume]) {
      const index = place(item);
      if (index >= 0) return index;
    }
    return -1;
  }

  #flatten() {
    const rows = [];
    const add = (item, level, parent, size, position) => rows.push({ item, level, parent, size, position });
    this.#model.volumes.forEach((volume, v) => {
      add(volume, 1, null, this.#model.volumes.length, v + 1);
      if (!this.#unfolded.has(volume)) return;
      if (volume.number === null) {
        volume.pages.forEach((page, p) => add(page, 2, volume, volume.pages.length, p + 1));
        return;
      }
      volume.groups.forEach((group, g) => {
        add(group, 2, volume, volume.groups.length, g + 1);
        if (folds(group) && this.#unfolded.has(group)) group.pages.forEach((page, p) => add(page, 3, group, group.pages.length, p + 1));
      });
    });
    const active = this.#rows[this.#active]?.item;
    this.#rows = rows;
    this.#active = Math.max(0, rows.findIndex(row => row.item === active));
    this.#sheet.style.height = `${rows.length * rowHeight}px`;
    for (const element of this.#shown.values()) element.remove();
    this.#shown.clear();
    this.#render();
  }

  #render() {
    const first = Math.max(0, Math.floor(this.#element.scrollTop / rowHeight) - margin);
    const last = Math.min(this.#rows.length, Math.ceil((this.#element.scrollTop + this.#element.clientHeight) / rowHeight) + margin);
    for (const [index, element] of this.#shown) {
      if ((index < first || index >= last) && index !== this.#active) {
        element.remove();
        this.#shown.delete(index);
      }
    }
    for (let index = first; index < last; index += 1) this.#show(index);
    if (this.#rows.length) this.#show(this.#active);
    const current = this.#current && this.#rowOf(this.#current);
    for (const [index, element] of this.#shown) {
      element.setAttribute("aria-selected", String(index === current));
      element.classList.toggle("active", index === this.#active);
    }
    if (this.#rows.length) this.#element.setAttribute("aria-activedescendant", `row-${this.#active}`);
  }

  #show(index) {
    if (this.#shown.has(index)) return;
    const row = this.#rows[index];
    const hasFold = folds(row.item);
    const element = make("div", {
      id: `row-${index}`, role: "treeitem", class: `row level-${row.level}`, "data-row": index, "aria-level": row.level,
      "aria-setsize": row.size, "aria-posinset": row.position, "aria-expanded": hasFold ? String(this.#unfolded.has(row.item)) : null,
      "data-image": row.item.image ?? null,
    }, ...label(row, hasFold));
    element.style.transform = `translateY(${index * rowHeight}px)`;
    this.#sheet.append(element);
    this.#shown.set(index, element);
  }

  #reveal(index) {
    const top = index * rowHeight;
    const view = this.#element;
    if (top < view.scrollTop) view.scrollTop = Math.max(0, top - rowHeight);
    else if (top + rowHeight > view.scrollTop + view.clientHeight) view.scrollTop = top - view.clientHeight + 2 * rowHeight;
  }

  #move(index) {
    this.#active = Math.min(Math.max(index, 0), this.#rows.length - 1);
    this.#reveal(this.#active);
    this.#render();
  }

  #fold(item, unfold) {
    if (unfold) this.#unfolded.add(item); else this.#unfolded.delete(item);
    this.#flatten();
  }

  #click(event) {
    const element = event.target.closest("[data-row]");
    if (!element) return;
    this.#active = Number(element.dataset.row);
    const row = this.#rows[this.#active];
    if (event.target.closest(".fold:not(.none)") || row.level === 1) return this.#fold(row.item, !this.#unfolded.has(row.item));
    this.#choose(row);
  }

  #choose(row) {
    this.#render();
    this.#open(row.item.image ? row.item : row.item.pages[0]);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = this.#rows[this.#active];
    const hasFold = row && folds(row.item);
    const actions = {
      ArrowDown: () => this.#move(this.#active + 1),
      ArrowUp: () => this.#move(this.#active - 1),
      Home: () => this.#move(0),
      End: () => this.#move(this.#rows.length - 1),
      PageDown: () => this.#move(this.#active + Math.floor(this.#element.clientHeight / rowHeight)),
      PageUp: () => this.#move(this.#active - Math.floor(this.#element.clientHeight / rowHeight)),
      ArrowRight: () => hasFold && !this.#unfolded.has(row.item) ? this.#fold(row.item, true) : hasFold && this.#move(this.#active + 1),
      ArrowLeft: () => hasFold && this.#unfolded.has(row.item) ? this.#fold(row.item, false)
        : row.parent && this.#move(this.#rows.findIndex(other => other.item === row.parent)),
      Enter: () => this.#choose(row),
      " ": () => this.#choose(row),
      "*": () => this.#unfoldAll(),
    };
    const action = actions[event.key];
    if (!action || !row) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  #unfoldAll() {
    for (const volume of this.#model.volumes) {
      this.#unfolded.add(volume);
      for (const group of volume.groups) this.#unfolded.add(group);
    }
    this.#flatten();
    this.#reveal(this.#active);
    this.#render();
  }
}

// A volume, or a document of several pages: a single page has nothing to unfold.
function folds(item) { return !item.image && (Boolean(item.groups) || item.pages.length > 1); }

function label(row, hasFold) {
  const item = row.item;
  const fold = make("span", { class: hasFold ? "fold" : "fold none", "aria-hidden": "true" });
  if (row.level === 1) {
    return [fold, make("span", { class: "name" }, item.name), make("span", { class: "folios" }, say("volume.pages", { count: item.pages.length }))];
  }
  if (!item.image) return [fold, ...documentLabel(item)];
  const text = item.volume.number === null ? `${say("image", { image: item.image })}　${say(`disposition.${item.disposition}`)}` : folioText(item);
  return [fold, make("span", { class: "name" }, text)];
}

function documentLabel(group) {
  const entry = group.entry;
  const folios = group.pages.filter(page => page.folio !== null);
  const range = folios.length === 0 ? "" : folios.length === 1 ? folios[0].folio
    : say("folios", { first: folios[0].folio, last: folios.at(-1).folio });
  const title = entry?.title ?? say("uncatalogued");
  const more = [title, entry?.documentNumber, entry?.author, entry?.date, entry?.remark].filter(Boolean).join("\n");
  return [
    make("span", { class: "name", title: more }, title), make("span", { class: "date" }, entry?.date ?? ""),
    make("span", { class: "folios" }, range),
  ];
}
