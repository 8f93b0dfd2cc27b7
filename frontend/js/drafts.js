// What a person typed is kept on their device until the form goes through: it outlives sign-out and a lost network.
import { element, word } from "./words.js";

const PREFIX = "linli-draft:";
const SENT = "linli-sent";
const KEPT_DAYS = 14;
const LOCAL_WAIT = 400; // ms after the last key
const SERVER_WAIT = 3000; // ms after the last key
const timers = new WeakMap();

/** Drafts belong to the person signed in: the next person at a shared computer never sees them. */
function slot(key) {
  return `${PREFIX}${document.body.dataset.who || "guest"}:${key}`;
}

function kept(field) {
  return field.name && !field.disabled && !("private" in field.dataset)
    && !["hidden", "password", "file", "submit", "button"].includes(field.type);
}

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    const list = (values[field.name] ??= []);
    if (["checkbox", "radio"].includes(field.type)) {
      if (field.checked) list.push(field.value);
    } else if (field.type === "select-multiple") list.push(...[...field.selectedOptions].map((o) => o.value));
    else list.push(field.value);
  }
  return values;
}

function write(form, values) {
  const taken = {};
  for (const field of form.elements) {
    if (!kept(field) || !(field.name in values)) continue;
    const list = values[field.name];
    if (["checkbox", "radio"].includes(field.type)) field.checked = list.includes(field.value);
    else if (field.type === "select-multiple") for (const o of field.options) o.selected = list.includes(o.value);
    else field.value = list[(taken[field.name] = (taken[field.name] ?? -1) + 1)] ?? field.value;
    field.dispatchEvent(new Event("linli:restored", { bubbles: true }));
  }
}

function store(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch { /* private browsing: the page still works, only without drafts */ }
}

function load(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function save(form) {
  store(slot(form.dataset.draft), { at: Date.now(), values: read(form) });
}

/** Sends the draft to the server too, so that it is there on another device. Losing one save is no harm. */
function saveAfar(form) {
  const body = new FormData();
  for (const [name, list] of Object.entries(read(form))) for (const value of list) body.append(name, value);
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  fetch(form.dataset.draftUrl, { method: "POST", body, headers: { "X-CSRFToken": token }, credentials: "same-origin" })
    .then((answer) => answer.ok && tell(form, word("draftSaved")), () => {});
}

function tell(form, text, discard) {
  let note = form.querySelector(".draft-note");
  if (!note) form.append((note = element("p", { class: "draft-note", role: "status" })));
  note.textContent = text;
  if (discard) {
    const button = element("button", { type: "button" }, word("draftDiscard"));
    button.addEventListener("click", discard);
    note.append(button);
  }
}

function forget(key) {
  store(slot(key), null);
}

function restore(form) {
  if (form.dataset.draftReady) return;
  form.dataset.draftReady = "yes";
  const draft = load(slot(form.dataset.draft));
  if (!draft || form.querySelector("[aria-invalid=true]")) return;
  if (Date.now() - draft.at > KEPT_DAYS * 86400000) return forget(form.dataset.draft);
  if (JSON.stringify(read(form)) === JSON.stringify(draft.values)) return;
  write(form, draft.values);
  tell(form, word("draftRestored"), () => {
    forget(form.dataset.draft);
    form.reset();
    form.dispatchEvent(new Event("linli:restored", { bubbles: true }));
    form.querySelector(".draft-note")?.remove();
  });
}

/**
 * Decides, on the page after a submission, whether the form went through. Only an answer that redirected, is not a
 * sign-in page and shows no refusal counts; in doubt the draft stays.
 */
function settle() {
  for (const done of document.querySelectorAll("[data-draft-done]")) forget(done.dataset.draftDone);
  let key = null;
  try {
    key = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
  } catch { /* no session storage: drafts expire by themselves */ }
  if (!key) return;
  const journey = performance.getEntriesByType("navigation")[0];
  const asked = document.querySelector(".refusal, [aria-invalid=true], [data-sign-in], input[type=password], input[autocomplete=one-time-code]");
  if (journey?.type === "navigate" && journey.redirectCount > 0 && !asked) forget(key);
}

export function startDrafts() {
  settle();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.draft) return;
    const waiting = timers.get(form) ?? {};
    clearTimeout(waiting.near);
    clearTimeout(waiting.far);
    waiting.near = setTimeout(save, LOCAL_WAIT, form);
    if (form.dataset.draftUrl) waiting.far = setTimeout(saveAfar, SERVER_WAIT, form);
    timers.set(form, waiting);
  });
  addEventListener("pagehide", () => {
    for (const form of document.querySelectorAll("form[data-draft]")) if (timers.has(form) && !form.dataset.gone) save(form);
  });
  document.addEventListener("submit", (event) => {
    const key = event.target.dataset?.draft;
    if (!key) return;
    save(event.target);
    try {
      sessionStorage.setItem(SENT, key);
    } catch { /* as above */ }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-draft]");
    if (!form || !event.detail.successful || event.detail.requestConfig.verb === "get") return;
    form.dataset.gone = "yes";
    clearTimeout(timers.get(form)?.near);
    clearTimeout(timers.get(form)?.far);
    forget(form.dataset.draft);
    sessionStorage.removeItem(SENT);
  });
}

export function readyDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
}
