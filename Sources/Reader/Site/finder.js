import { make, say } from "./words.js";
import { folioText } from "./model.js";

// Search over the case: the pages that hold the term, each with its surroundings.
export class Finder {
  #api;
  #model;
  #open;
  #count = document.getElementById("search-count");
  #list = document.getElementById("results");
  #more = document.getElementById("more");
  #badge = document.getElementById("result-badge");
  #request = null;
  term = "";
  total = 0;
  hits = [];

  // open(page) is called when somebody chooses a result; address(page) is where it leads.
  constructor(api, model, open, address) {
    this.#api = api;
    this.#model = model;
    this.#open = open;
    this.address = address;
    this.#more.addEventListener("click", () => this.#load());
    this.#list.addEventListener("click", event => this.#click(event));
  }

  // Resolves when the first results are shown.
  async look(term) {
    if (term === this.term) return;
    this.#request?.abort();
    Object.assign(this, { term, total: 0, hits: [] });
    this.#list.replaceChildren();
    this.#badge.textContent = "";
    this.#count.textContent = "";
    this.#more.hidden = true;
    if (term) await this.#load();
  }

  follow(page) {
    for (const item of this.#list.children) {
      if (Number(item.dataset.image) === page.image) item.setAttribute("aria-current", "true"); else item.removeAttribute("aria-current");
    }
  }

  // The page with a hit after (or before) a page; loads on when those at hand are through.
  async next(page, by) {
    const places = this.hits.map(hit => this.#model.byImage.get(hit.image)).filter(Boolean);
    const order = other => other.volume.index * 1e6 + other.position;
    const found = by > 0 ? places.find(other => order(other) > order(page)) : places.findLast(other => order(other) < order(page));
    if (found || by < 0 || this.hits.length >= this.total) return found ?? null;
    await this.#load();
    return this.next(page, by);
  }

  async #load() {
    const term = this.term;
    this.#request = new AbortController();
    let answer;
    try { answer = await this.#api.search(term, this.hits.length, this.#request.signal); } catch (problem) {
      if (problem.name !== "AbortError") this.#refuse(problem);
      return;
    }
    if (term !== this.term) return;
    this.total = answer.total;
    this.hits.push(...answer.hits);
    this.#list.append(...answer.hits.map(hit => this.#item(hit)));
    this.#more.hidden = this.hits.length >= this.total;
    this.#report();
  }

  #report() {
    const values = { term: this.term, pages: this.total, count: this.hits.reduce((sum, hit) => sum + hit.count, 0) };
    const isAll = this.hits.length >= this.total;
    this.#count.textContent = say(this.total === 0 ? "search.none" : isAll ? "search.shown" : "search.pages", values);
    this.#badge.textContent = String(this.total);
  }

  #refuse(problem) {
    this.#count.textContent = problem.code === "bad-usage" ? say("search.invalid") : say("search.failed", { message: problem.message });
  }

  #item(hit) {
    const page = this.#model.byImage.get(hit.image);
    const [start, length] = hit.highlight;
    const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(hit.snippet)].map(part => part.segment);
    const place = page ? `${page.volume.number === null ? "" : say("volume", { number: page.volume.number })} ${folioText(page)}` : "";
    const link = make("a", { href: page ? this.address(page) : "#" },
      make("span", { class: "place" }, make("b", {}, place), make("span", { class: "title" }, hit.title ?? ""),
        make("span", { class: "times" }, hit.count > 1 ? say("search.times", { count: hit.count }) : "")),
      make("span", { class: "snippet" }, letters.slice(0, start).join(""), make("mark", {}, letters.slice(start, start + length).join("")),
        letters.slice(start + length).join("")));
    return make("li", { "data-image": hit.image }, link);
  }

  #click(event) {
    const item = event.target.closest("li");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const page = this.#model.byImage.get(Number(item.dataset.image));
    if (!page) return;
    event.preventDefault();
    this.#open(page);
  }
}
