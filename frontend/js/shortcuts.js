// Single keys for the desk. They never act while something is typed or an input method composes, and can be turned off.
import { element, word } from "./words.js";

const OFF = "linli-shortcuts-off";

export function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.nodeName);
}

function off() {
  if (document.body.dataset.shortcuts === "off") return true;
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function turn(to) {
  try {
    localStorage.setItem(OFF, to ? "no" : "yes");
  } catch { /* not kept: the page's own setting stands */ }
}

/** The next or previous row of the list, when the page names no link of its own for j and k. */
function step(by) {
  const rows = [...document.querySelectorAll(".desk-items .title")];
  if (!rows.length) return null;
  const here = rows.findIndex((row) => row.closest("li").classList.contains("on") || row === document.activeElement);
  return rows[Math.min(rows.length - 1, Math.max(0, here < 0 ? 0 : here + by))];
}

function target(key) {
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.offsetParent !== null);
  if (named) return named;
  return key === "j" ? step(1) : key === "k" ? step(-1) : null;
}

function help() {
  const list = element("dl", { class: "facts shortcuts" });
  const add = (key, text) => list.append(element("dt", {}, element("kbd", { class: "kbd" }, key)), element("dd", {}, text));
  const seen = new Set(["j", "k"]);
  add("J", word("nextItem"));
  add("K", word("previousItem"));
  for (const one of document.querySelectorAll("[data-key]")) {
    const key = one.dataset.key;
    if (seen.has(key) || one.offsetParent === null) continue;
    seen.add(key);
    const clone = one.cloneNode(true);
    clone.querySelectorAll(".kbd").forEach((k) => k.remove());
    add(key === "Enter" ? "↵" : key.toUpperCase(), one.dataset.keyLabel || one.getAttribute("aria-label") || clone.textContent.trim());
  }
  add("?", word("thisHelp"));
  const box = element("dialog", { class: "dialog", "aria-label": word("shortcuts") });
  const check = element("input", { type: "checkbox" });
  check.checked = !off();
  check.addEventListener("change", () => turn(check.checked));
  const close = element("button", { type: "button", class: "btn", "data-close": true }, word("close"));
  box.append(element("h2", {}, word("shortcuts")), element("div", { class: "mt-2" }, list),
    element("label", { class: "check mt-2" }, check, element("span", {}, word("useShortcuts"))), close);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function onKey(event) {
  if (composing(event)) {
    // Enter that only accepts a word of the input method must not send the form.
    if (event.key === "Enter" && event.target.closest?.("form")) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  if (document.querySelector("dialog[open], .cover")) return;
  if (event.key === "?") return help();
  if (event.key === "Enter") {
    const form = document.querySelector("form[data-enter-confirms]");
    if (!form || event.target.closest("a, button, summary, [role=button]")) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".btn-primary[type=submit], [type=submit]") ?? undefined);
    return;
  }
  if (off() || event.key.length !== 1) return;
  const found = target(event.key.toLowerCase());
  if (!found) return;
  event.preventDefault();
  if (typing(found)) found.focus();
  else found.click();
}

export function startShortcuts() {
  document.addEventListener("keydown", onKey);
}
