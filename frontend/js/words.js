// Every sentence a script says comes from the page, already in the reader's language.

/** The translated sentence named `key`, with `{name}` places filled from `values`. */
export function word(key, values = {}) {
  const holder = document.getElementById("words");
  const text = holder?.dataset[key] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** An element with attributes and children, built without markup in strings. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Reads a sentence to screen readers without moving focus. */
export function announce(text) {
  const region = document.getElementById("live");
  if (region) region.textContent = text;
}
