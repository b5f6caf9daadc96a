import { make, say } from "./words.js";

const ruler = document.createElement("canvas").getContext("2d");
const font = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif';

// One page: the picture, over it the boxes of what was found, over those the text as it was read. Everything is laid out
// in shares of the page, so that a change of size needs no new layout.
export class Sheet {
  #api;
  #hits = make("div", { class: "hits", "aria-hidden": "true" });
  #text = make("div", { class: "text" });
  #term = null;
  #picture = null;

  constructor(page, api) {
    this.page = page;
    this.#api = api;
    this.body = make("div", { class: "sheet" });
    this.element = make("article", { class: "page", "data-image": page.image, "aria-label": say("image", { image: page.image }) }, this.body);
    if (page.rendition) {
      this.#picture = make("img", { alt: "", draggable: "false", decoding: "async" });
      this.body.append(this.#picture);
    }
    this.body.append(this.#hits, this.#text);
    if (!page.rendition) this.element.classList.add("missing");
  }

  // Size in CSS pixels before the view is turned; where the frame stands.
  place(width, height, top, left) {
    const swaps = this.page.turn % 180 !== 0;
    const style = this.element.style;
    style.width = `${swaps ? height : width}px`;
    style.height = `${swaps ? width : height}px`;
    style.transform = `translate(${left}px, ${top}px)`;
    this.body.style.width = `${width}px`;
    this.body.style.height = `${height}px`;
    this.body.style.transform = `translate(-50%, -50%) rotate(${this.page.turn}deg)`;
  }

  // Asks for picture and text.
  load(term) {
    const picture = this.#picture;
    if (picture && !picture.hasAttribute("src")) {
      picture.addEventListener("load", () => { this.element.dataset.picture = "ready"; });
      picture.addEventListener("error", () => {
        if (!picture.hasAttribute("src")) return;
        picture.remove();
        this.#complain(say("picture.failed"));
      });
      picture.src = this.#api.picture(this.page);
    }
    return this.fill(term);
  }

  // Out of sight: a picture that has not come yet must not hold up those that are waited for.
  drop() {
    if (this.#picture && !this.#picture.complete) this.#picture.removeAttribute("src");
    this.element.remove();
  }

  // Text once, hits for every new term.
  async fill(term) {
    if (this.#term === (term ?? "")) return;
    this.#term = term ?? "";
    let view;
    try { view = await this.#api.page(this.page.image, term); } catch (problem) {
      if (term && problem.code === "bad-usage") return this.fill("");
      this.#complain(say("text.failed", { message: problem.message }));
      return;
    }
    if (this.#term !== (term ?? "")) return;
    if (!this.element.dataset.text) this.#showText(view);
    this.#showHits(view);
    this.element.dataset.hits = String(view.hits.length);
  }

  get hitCount() { return Number(this.element.dataset.hits ?? 0); }

  // Marks one hit as the one in question and gives its element.
  mark(index) {
    let found = null;
    for (const box of this.#hits.children) {
      const isIt = Number(box.dataset.hit) === index;
      box.classList.toggle("active", isIt);
      if (isIt) found ??= box;
    }
    return found;
  }

  selectText() { getSelection().selectAllChildren(this.#text); }

  #complain(message) { this.body.append(make("p", { class: "complaint" }, message)); }

  #showText(view) {
    if (!this.page.rendition) this.#explain(view);
    const width = view.width || 1;
    const height = view.height || 1;
    const lines = [];
    for (const line of view.lines) {
      if (lines.length) lines.push(make("br"));
      lines.push(placed(line, width, height));
    }
    this.#text.replaceChildren(...lines);
    this.element.dataset.text = "ready";
  }

  // Why there is no picture.
  #explain(view) {
    const reason = view.disposition === "rejected" ? say("rejected") : say("placeholder");
    this.body.append(make("div", { class: "reason" }, make("p", {}, reason), make("p", {}, `${view.file} · ${view.frame}`),
      ...view.findings.map(finding => make("p", {}, `${finding.message} — ${finding.remedy}`))));
  }

  #showHits(view) {
    this.#hits.replaceChildren(...view.hits.flatMap((boxes, hit) => boxes.map(box => {
      const element = make("div", { class: "hit", "data-hit": hit });
      lay(element, box, view.width, view.height);
      return element;
    })));
  }
}

function lay(element, [x, y, width, height], pageWidth, pageHeight) {
  const style = element.style;
  style.left = `${x / pageWidth * 100}%`;
  style.top = `${y / pageHeight * 100}%`;
  style.width = `${width / pageWidth * 100}%`;
  style.height = `${height / pageHeight * 100}%`;
}

// A line of text, invisible, stretched over its box: what is selected lies over what is read. Where the places of the
// characters are known, letter spacing brings each to its own.
function placed(line, pageWidth, pageHeight) {
  const [x, y, width, height] = line.box;
  const isVertical = height > 1.5 * width && [...line.text].length > 1;
  const [along, across] = isVertical ? [height, width] : [width, height];
  const letters = line.advances ? lettersOf(line) : null;
  const element = make("span", { class: "line" }, ...(letters ? spaced(letters.list, across) : [line.text]));
  const length = letters ? letters.length : along;
  const natural = letters ? length : advance(line.text) * across;
  const stretch = natural > 0 ? length / natural : 1;
  const start = letters ? letters.start : 0;
  const style = element.style;
  style.left = `${(isVertical ? x : x + start) / pageWidth * 100}%`;
  style.top = `${(isVertical ? y + start : y) / pageHeight * 100}%`;
  style.fontSize = isVertical ? `${across / pageWidth * 100}cqw` : `${across / pageHeight * 100}cqh`;
  if (isVertical) element.classList.add("vertical");
  if (stretch !== 1) style.transform = isVertical ? `scaleY(${stretch})` : `scaleX(${stretch})`;
  return element;
}

// Each letter with the room up to the next one; numbers below zero are room left empty.
function lettersOf({ text, advances }) {
  const scalars = [...text];
  const list = [];
  let start = 0;
  for (const advance of advances) {
    if (advance < 0 && !list.length) start -= advance;
    else if (advance < 0) list.at(-1).room -= advance;
    else if (advance === 0 && list.length) list.at(-1).text += scalars.shift();
    else list.push({ text: scalars.shift(), room: advance });
  }
  return { list, start, length: list.reduce((sum, letter) => sum + letter.room, 0) };
}

// Letters that need about the same spacing share an element; what they are off goes to the next ones.
function spaced(letters, size) {
  const runs = [];
  let off = 0;
  for (const letter of letters) {
    const spacing = letter.room - advance(letter.text) * size;
    const run = runs.at(-1);
    if (run && Math.abs(off + spacing - run.spacing) < 0.06 * size) {
      run.text += letter.text;
      off += spacing - run.spacing;
    } else {
      runs.push({ text: letter.text, spacing: off + spacing });
      off = 0;
    }
  }
  return runs.map(run => {
    const element = make("span", {}, run.text);
    element.style.letterSpacing = `${run.spacing / size}em`;
    return element;
  });
}

const advances = new Map();

// Natural width of a text, in ems.
function advance(text) {
  let width = advances.get(text);
  if (width === undefined) {
    ruler.font = `100px ${font}`;
    width = ruler.measureText(text).width / 100;
    if ([...text].length === 1) advances.set(text, width);
  }
  return width;
}
