import { make } from "./words.js";
import { Sheet } from "./sheet.js";

const gap = 14;
// Width in CSS pixels of the shorter side of a page at 100 %.
const natural = 860;
const empty = { width: 1240, height: 1754 };

// The pages of one volume, one below the other. Only those in the window and their neighbours are in the DOM.
export class Desk {
  #element;
  #api;
  #onTurn;
  #volume = null;
  #sheets = new Map();
  #tops = [];
  #sizes = [];
  #plane = make("div", { class: "plane" });
  #term = "";
  #warm = new Map();
  #current = null;
  #quiet = 0;
  #lastTop = 0;
  #hasty = false;
  fit = "width";

  // onTurn(page) is called when another page comes into view.
  constructor(element, api, onTurn) {
    this.#element = element;
    this.#api = api;
    this.#onTurn = onTurn;
    element.replaceChildren(this.#plane);
    element.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#layout()).observe(element);
  }

  get current() { return this.#current; }

  // Puts a page at the top of the window.
  show(page) {
    if (page.volume !== this.#volume) this.#take(page.volume);
    this.#current = page;
    this.#quiet += 1;
    this.#element.scrollTop = this.#tops[page.position] - gap;
    this.#centre();
    this.#render();
    this.#onTurn(page);
    requestAnimationFrame(() => requestAnimationFrame(() => { this.#quiet = Math.max(0, this.#quiet - 1); }));
  }

  set term(term) {
    this.#term = term;
    for (const sheet of this.#sheets.values()) sheet.fill(term);
  }

  // Percent of the natural size.
  get zoom() {
    if (!this.#current) return 100;
    const size = this.#sizes[this.#current.position];
    return Math.round(Math.min(size.width, size.height) / natural * 100);
  }

  zoomBy(factor) { this.setFit(Math.min(400, Math.max(20, Math.round(this.zoom * factor / 5) * 5))); }

  // "width", "page", or percent.
  setFit(fit) {
    this.fit = fit;
    this.#layout();
    this.#onTurn(this.#current);
  }

  turn() {
    this.#current.turn = (this.#current.turn + 90) % 360;
    this.#layout();
  }

  sheet(page) { return this.#sheets.get(page.position) ?? null; }

  reveal(element) { element.scrollIntoView({ block: "center", inline: "center" }); }

  #take(volume) {
    for (const sheet of this.#sheets.values()) sheet.drop();
    this.#sheets.clear();
    this.#volume = volume;
    this.#measure();
  }

  // Keeps the place on the current page while sizes change.
  #layout() {
    if (!this.#volume) return;
    const page = this.#current;
    const before = this.#frame(page);
    const share = (this.#element.scrollTop - this.#tops[page.position]) / before.height;
    this.#quiet += 1;
    this.#measure();
    for (const [position, sheet] of this.#sheets) this.#place(sheet, position);
    this.#element.scrollTop = this.#tops[page.position] + (Math.abs(share) < 1 ? share * this.#frame(page).height : -gap);
    this.#centre();
    this.#render();
    requestAnimationFrame(() => requestAnimationFrame(() => { this.#quiet = Math.max(0, this.#quiet - 1); }));
  }

  #measure() {
    const room = { width: this.#element.clientWidth - 2 * gap, height: this.#element.clientHeight - 2 * gap };
    this.#sizes = this.#volume.pages.map(page => this.#size(page, room));
    let top = gap;
    let widest = 0;
    this.#tops = this.#volume.pages.map(page => {
      const here = top;
      const frame = this.#frame(page);
      top += frame.height + gap;
      widest = Math.max(widest, frame.width);
      return here;
    });
    this.#plane.style.height = `${top}px`;
    this.#plane.style.width = `${Math.max(widest + 2 * gap, this.#element.clientWidth)}px`;
  }

  #size(page, room) {
    const { width, height } = page.width ? page : empty;
    const swaps = page.turn % 180 !== 0;
    const [across, down] = swaps ? [height, width] : [width, height];
    const scale = this.fit === "width" ? Math.min(room.width / across, 1.4 * natural / Math.min(width, height))
      : this.fit === "page" ? Math.min(room.width / across, room.height / down)
      : this.fit / 100 * natural / Math.min(width, height);
    return { width: Math.max(1, width * scale), height: Math.max(1, height * scale) };
  }

  #frame(page) {
    const size = this.#sizes[page.position];
    return page.turn % 180 !== 0 ? { width: size.height, height: size.width } : size;
  }

  #place(sheet, position) {
    const size = this.#sizes[position];
    const plane = parseFloat(this.#plane.style.width);
    sheet.place(size.width, size.height, this.#tops[position], (plane - this.#frame(sheet.page).width) / 2);
  }

  #centre() {
    this.#element.scrollLeft = (this.#plane.offsetWidth - this.#element.clientWidth) / 2;
  }

  #scrolled() {
    if (!this.#volume) return;
    const top = this.#element.scrollTop;
    this.#hasty = !this.#quiet && Math.abs(top - this.#lastTop) > this.#element.clientHeight;
    this.#lastTop = top;
    this.#render();
    this.#hasty = false;
    if (this.#quiet) return;
    const page = this.#volume.pages[this.#at(this.#element.scrollTop + this.#element.clientHeight / 3)];
    if (page && page !== this.#current) {
      this.#current = page;
      this.#onTurn(page);
    }
  }

  // The last page that begins at or above a height.
  #at(height) {
    let low = 0;
    let high = this.#tops.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= height) low = middle; else high = middle - 1;
    }
    return low;
  }

  #render() {
    const top = this.#element.scrollTop;
    const first = Math.max(0, this.#at(top) - 1);
    const last = Math.min(this.#tops.length - 1, this.#at(top + this.#element.clientHeight) + 1);
    for (const [position, sheet] of this.#sheets) {
      if (position < first || position > last) {
        sheet.drop();
        this.#sheets.delete(position);
      }
    }
    for (let position = first; position <= last; position += 1) this.#put(position);
    if (!this.#hasty) this.#prefetch(first, last);
  }

  #put(position) {
    if (this.#sheets.has(position)) return;
    const sheet = new Sheet(this.#volume.pages[position], this.#api);
    this.#place(sheet, position);
    this.#sheets.set(position, sheet);
    // In reading order, so that a selection over several pages reads on.
    const next = [...this.#sheets.entries()].filter(([other]) => other > position).sort(([a], [b]) => a - b)[0];
    this.#plane.insertBefore(sheet.element, next ? next[1].element : null);
    // What flies past is not asked for; where the flight ends is, a moment later.
    if (this.#hasty) setTimeout(() => { if (sheet.element.isConnected) sheet.load(this.#term); }, 120);
    else sheet.load(this.#term);
  }

  // Pictures and texts of the next pages, before they are turned to.
  #prefetch(first, last) {
    for (const position of [last + 1, last + 2, last + 3, first - 1, first - 2]) {
      const page = this.#volume.pages[position];
      if (!page?.rendition || this.#warm.has(page.image)) continue;
      const picture = new Image();
      picture.src = this.#api.picture(page);
      this.#warm.set(page.image, picture);
      this.#api.page(page.image, this.#term).catch(() => {});
      if (this.#warm.size > 12) this.#warm.delete(this.#warm.keys().next().value);
    }
  }
}
