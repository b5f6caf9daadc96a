// Phrases of the page's language; {name} is filled in.
const book = JSON.parse(document.documentElement.dataset.strings ?? "{}");

export function say(key, values = {}) {
  return (book[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

// An element with attributes and children. Text is only ever text: nothing here parses HTML.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}
