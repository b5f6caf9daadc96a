import { CaseAPI } from "./api.js";
import { Desk } from "./desk.js";
import { Finder } from "./finder.js";
import { CaseModel, findPlace, folioText } from "./model.js";
import { IndexTree } from "./tree.js";
import { say } from "./words.js";

const at = id => document.getElementById(id);
const api = new CaseAPI(document.body.dataset.address);
let model, desk, tree, finder;
let hit = 0;
let addressTimer = 0;

// The address names what is shown: volume and folio where they name one page, else volume and image; and the term.
function address(page, term = finder.term) {
  const query = new URLSearchParams();
  if (page.volume.number !== null) query.set("v", page.volume.number);
  if (page.folio !== null && page.volume.folio(page.folio) === page) query.set("p", page.folio); else query.set("i", page.image);
  if (term) query.set("q", term);
  return `${location.pathname}?${query}`;
}

// The page the address asks for. Where the case has no such page, another one, and in words what is missing.
function addressed() {
  const query = new URLSearchParams(location.search);
  const [number, folio, image] = ["v", "p", "i"].map(key => query.get(key));
  const volume = number === null ? model.volumes[0] : model.volume(Number(number));
  const named = image !== null ? model.byImage.get(Number(image)) : folio !== null ? volume?.folio(folio) : number !== null ? volume?.pages[0] : model.first;
  if (named) return { page: named, missing: null };
  const words = image !== null ? `#${image}` : (number === null ? "" : `v${number}`) + (folio === null ? "" : `p${folio}`);
  return { page: volume?.pages[0] ?? model.first, missing: words };
}

// A jump makes an entry in the history; turning pages does not.
function go(page, { keeps = false } = {}) {
  if (!page) return;
  if (!keeps && page !== desk.current) history.pushState(null, "", address(page));
  hit = 0;
  desk.show(page);
}

function turned(page) {
  if (!page) return;
  const volume = page.volume;
  at("where").textContent = [
    volume.number === null ? volume.name : say("volume", { number: volume.number }), folioText(page),
    say("where", { position: page.position + 1, count: volume.pages.length }), page.group.entry?.title,
  ].filter(Boolean).join("　");
  at("zoom").textContent = `${desk.zoom} %`;
  at("fit-width").setAttribute("aria-pressed", String(desk.fit === "width"));
  at("fit-page").setAttribute("aria-pressed", String(desk.fit === "page"));
  at("pages").dataset.image = page.image;
  document.title = `${at("where").textContent} · ${model.number}`;
  offerPDF(page);
  tree.follow(page);
  finder.follow(page);
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => history.replaceState(null, "", address(page)), 120);
}

// The PDF that the page is bound in: a thick volume has several.
function offerPDF(page) {
  const link = at("pdf");
  const files = page.volume.files;
  const file = files.find(file => page.image <= file.lastImage) ?? files.at(-1);
  link.hidden = !file;
  if (!file) return;
  link.href = api.pdf(file);
  link.title = say("pdf.size", { size: ((file.bytes ?? 0) / 1e6).toFixed(1) });
}

function announce(text) { at("announce").textContent = text; }

function step(by) {
  const page = model.step(desk.current, by);
  if (page) go(page, { keeps: true }); else announce(say(by > 0 ? "at.end" : "at.start"));
}

function stepDocument(by) {
  const page = model.stepDocument(desk.current, by);
  if (page) go(page); else announce(say(by > 0 ? "at.end" : "at.start"));
}

// Tabs of the side: index, results.
function showTab(name) {
  for (const other of ["index", "results"]) {
    const isIt = other === name;
    at(`tab-${other}`).setAttribute("aria-selected", String(isIt));
    at(`tab-${other}`).tabIndex = isIt ? 0 : -1;
    at(`panel-${other}`).hidden = !isIt;
  }
}

async function look(term) {
  desk.term = term;
  showTab(term ? "results" : "index");
  await finder.look(term);
  finder.follow(desk.current);
  hit = 0;
}

async function submitSearch() {
  const term = at("term").value.trim();
  await look(term);
  const here = finder.hits.some(found => found.image === desk.current.image);
  const first = model.byImage.get(finder.hits[0]?.image);
  if (here || !first) history.pushState(null, "", address(desk.current)); else go(first);
  if (finder.total) await markHit(0);
}

// The n-th hit on the page in question, brought into view.
async function markHit(index) {
  const sheet = desk.sheet(desk.current);
  if (!sheet) return;
  await sheet.fill(finder.term);
  await new Promise(requestAnimationFrame);
  hit = index < 0 ? sheet.hitCount - 1 : index;
  const box = sheet.mark(hit);
  if (box) desk.reveal(box);
}

// One step after the other, however quickly they are asked for.
let steps = Promise.resolve();
function stepHit(by) { steps = steps.then(() => takeStep(by)).catch(problem => announce(problem.message)); }

async function takeStep(by) {
  if (!finder.term) return;
  const sheet = desk.sheet(desk.current);
  if (sheet?.hitCount && hit + by >= 0 && hit + by < sheet.hitCount) return markHit(hit + by);
  const page = await finder.next(desk.current, by);
  if (!page) return announce(say(by > 0 ? "at.end" : "at.start"));
  go(page);
  await markHit(by > 0 ? 0 : -1);
}

function jump() {
  const field = at("place");
  const page = findPlace(model, desk.current, field.value);
  field.setAttribute("aria-invalid", String(!page));
  if (!page) return announce(say(page === null ? "jump.none" : "jump.bad", { text: field.value }));
  announce("");
  field.value = "";
  go(page);
  at("pages").focus();
}

const keys = {
  ArrowRight: () => step(1), j: () => step(1), PageDown: () => step(1),
  ArrowLeft: () => step(-1), k: () => step(-1), PageUp: () => step(-1),
  "]": () => stepDocument(1), "[": () => stepDocument(-1),
  Home: () => go(desk.current.volume.pages[0]), End: () => go(desk.current.volume.pages.at(-1)),
  g: () => at("place").focus(), "/": () => { at("term").focus(); at("term").select(); },
  n: () => stepHit(1), N: () => stepHit(-1),
  "+": () => desk.zoomBy(1.2), "=": () => desk.zoomBy(1.2), "-": () => desk.zoomBy(1 / 1.2),
  w: () => desk.setFit("width"), f: () => desk.setFit("page"), r: () => desk.turn(),
  t: () => { showTab("index"); tree.focus(); }, "?": () => at("help").showModal(),
  Escape: () => at("pages").focus(),
};

function pressed(event) {
  if (at("help").open) return;
  const typing = event.target.closest("input, textarea, [contenteditable]");
  if ((event.ctrlKey || event.metaKey) && event.key === "a" && !typing) {
    event.preventDefault();
    return desk.sheet(desk.current)?.selectText();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "Escape")) return;
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function wire() {
  const clicks = {
    "previous-page": () => step(-1), "next-page": () => step(1), "previous-document": () => stepDocument(-1),
    "next-document": () => stepDocument(1), "zoom-in": keys["+"], "zoom-out": keys["-"], "fit-width": keys.w, "fit-page": keys.f,
    turn: keys.r, "help-open": keys["?"], "tab-index": () => showTab("index"), "tab-results": () => showTab("results"),
  };
  for (const [id, action] of Object.entries(clicks)) at(id).addEventListener("click", action);
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.addEventListener("keydown", event => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.stopPropagation();
      const other = tab.id === "tab-index" ? "results" : "index";
      showTab(other);
      at(`tab-${other}`).focus();
    });
  }
  at("search").addEventListener("submit", event => { event.preventDefault(); submitSearch(); });
  at("term").addEventListener("search", () => { if (!at("term").value) look(""); });
  at("jump").addEventListener("submit", event => { event.preventDefault(); jump(); });
  at("language").addEventListener("click", event => {
    event.preventDefault();
    const url = new URL(address(desk.current), location.href);
    url.searchParams.set("lang", event.currentTarget.hreflang);
    location.assign(url);
  });
  document.addEventListener("keydown", pressed);
  addEventListener("popstate", restore);
}

// What the address says, after going back or forward.
async function restore() {
  const term = new URLSearchParams(location.search).get("q") ?? "";
  at("term").value = term;
  const { page, missing } = addressed();
  if (term !== finder.term) await look(term);
  go(page, { keeps: true });
  if (missing) announce(say("jump.none", { text: missing }));
}

async function start() {
  try { model = new CaseModel(await api.overview()); } catch (problem) {
    return announce(say("load.failed", { message: problem.message }));
  }
  desk = new Desk(at("pages"), api, turned);
  tree = new IndexTree(at("tree"), model, page => go(page));
  finder = new Finder(api, model, async page => { go(page); await markHit(0); }, page => address(page));
  wire();
  const { page, missing } = addressed();
  if (!page) return;
  const term = new URLSearchParams(location.search).get("q") ?? "";
  at("term").value = term;
  if (term) desk.term = term;
  go(page, { keeps: true });
  if (term) { await look(term); await markHit(0); }
  if (missing) announce(say("jump.none", { text: missing }));
  at("pages").focus({ preventScroll: true });
  document.documentElement.dataset.ready = "true";
}

start();
