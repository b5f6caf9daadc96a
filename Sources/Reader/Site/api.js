// What the server knows, asked for once and kept.
export class CaseAPI {
  #base;
  #pages = new Map();
  static #kept = 200;

  constructor(address) {
    this.address = address;
    this.#base = `/api/cases/${address}`;
  }

  overview() { return ask(this.#base); }

  // Text and hits of a page; the last few are kept.
  page(image, term) {
    const url = `${this.#base}/pages/${image}` + (term ? `?q=${encodeURIComponent(term)}` : "");
    let answer = this.#pages.get(url);
    if (!answer) {
      answer = ask(url);
      answer.catch(() => this.#pages.delete(url));
      this.#pages.set(url, answer);
      if (this.#pages.size > CaseAPI.#kept) this.#pages.delete(this.#pages.keys().next().value);
    }
    return answer;
  }

  search(term, offset, signal) {
    return ask(`${this.#base}/search?q=${encodeURIComponent(term)}&offset=${offset}`, signal);
  }

  picture(page) { return `/cases/${this.address}/renditions/${page.image}-${page.rendition}`; }

  pdf(file) { return `/cases/${this.address}/${encodeURIComponent(file.name)}`; }
}

export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function ask(url, signal) {
  const response = await fetch(url, { signal });
  const value = await response.json();
  if (!response.ok) throw new Refusal(value.error?.code ?? String(response.status), value.error?.message ?? response.statusText);
  return value;
}
