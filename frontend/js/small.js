// Small kindnesses: copying, counting characters, printing, reading aloud, folding windows, text size.
import { announce, element, word } from "./words.js";

/** Copies even where the clipboard API is missing (plain http on a local network, old web views). */
async function put(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.className = "sr";
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

async function copy(button) {
  const from = button.dataset.copyFrom;
  const text = from ? document.querySelector(from)?.innerText ?? "" : button.dataset.copy;
  const done = await put(text);
  const label = button.querySelector("[data-label]") ?? button;
  const before = label.dataset.before ?? label.textContent;
  label.dataset.before = before;
  label.textContent = word(done ? "copied" : "notCopied");
  button.classList.toggle("copied", done);
  announce(label.textContent);
  setTimeout(() => { label.textContent = before; button.classList.remove("copied"); }, 2200);
}

function count(area) {
  const shown = document.getElementById(`${area.id}_count`);
  if (!shown) return;
  const left = Number(area.getAttribute("maxlength") || area.dataset.max) - [...area.value].length;
  shown.textContent = word(left < 0 ? "over" : "left", { n: Math.abs(left) });
  shown.classList.toggle("over", left < 0);
}

function listen(button) {
  const voice = window.speechSynthesis;
  const reset = () => button.setAttribute("aria-pressed", "false");
  if (voice.speaking) {
    voice.cancel();
    if (button.getAttribute("aria-pressed") === "true") return reset();
  }
  const said = new SpeechSynthesisUtterance(document.querySelector(button.dataset.listen)?.innerText ?? "");
  said.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
  said.rate = 0.9;
  said.onend = said.onerror = reset;
  button.setAttribute("aria-pressed", "true");
  voice.speak(said);
}

function textSize(slider) {
  const body = document.body;
  for (const name of [...body.classList]) if (name.startsWith("elder-")) body.classList.remove(name);
  body.classList.add(`elder-${slider.value}`);
}

/** A folded part opens as a window. The content moves: nothing is there twice. */
function unfold(details) {
  if (!window.HTMLDialogElement?.prototype.showModal) return;
  const summary = details.querySelector("summary");
  const inside = details.querySelector(".card");
  const box = element("dialog", { class: "dialog", "aria-label": summary.textContent.trim() });
  const close = element("button", { type: "button", "data-close": true, "aria-label": word("close") }, "×");
  const head = element("div", { class: "dialog-head" }, inside.querySelector(".fold-title") ?? "", close);
  box.append(head, ...inside.childNodes);
  inside.remove();
  details.removeAttribute("data-fold");
  details.after(box);
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    box.showModal();
  });
  if (box.querySelector("[aria-invalid=true]")) box.showModal();
}

export function startSmall() {
  document.addEventListener("click", (event) => {
    const on = (name) => event.target.closest?.(`[${name}]`);
    const copying = on("data-copy") ?? on("data-copy-from");
    if (copying) return void copy(copying);
    if (on("data-print")) return window.print();
    const listening = on("data-listen");
    if (listening) return listen(listening);
    if (on("data-close")) return on("data-close").closest("dialog")?.close();
    if (event.target.nodeName === "DIALOG" && event.target.classList.contains("dialog")) event.target.close();
  });
  for (const kind of ["input", "linli:restored"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.dataset?.counter !== undefined) count(event.target);
      if (event.target.dataset?.textSize !== undefined) textSize(event.target);
    });
  }
  addEventListener("pagehide", () => window.speechSynthesis?.cancel());
}

/** A code scanned from a slip stands behind the #, which no server sees: put it in, and take it off the address. */
function takeFromAddress(field) {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code || field.value) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}

export function readySmall(root) {
  for (const field of root.querySelectorAll("[data-from-address]")) takeFromAddress(field);
  for (const details of root.querySelectorAll("details[data-fold]")) unfold(details);
  for (const area of root.querySelectorAll("[data-counter]")) count(area);
  if ("speechSynthesis" in window) for (const button of root.querySelectorAll("[data-listen]")) button.hidden = false;
}
