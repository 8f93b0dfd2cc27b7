// One submission at a time. The same words keep their idempotency key, so that a retry after a lost answer is the
// same act; changed words are a new act and take a new key.
import { element, word } from "./words.js";

const RELEASE = 20000; // ms: a download or a lost answer must not lock the form for good

function signature(form, submitter) {
  const parts = [];
  for (const [name, value] of new FormData(form)) {
    if (name === "idempotency_key" || name === "csrfmiddlewaretoken") continue;
    parts.push([name, value instanceof File ? [value.name, value.size, value.lastModified] : value]);
  }
  parts.push([submitter?.name, submitter?.value]);
  return JSON.stringify(parts);
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

/** Asks before an act that is hard to take back. */
function ask(form, submitter, question) {
  const again = () => {
    form.dataset.agreed = "yes";
    form.requestSubmit(submitter ?? undefined);
  };
  const box = document.createElement("dialog");
  if (!box.showModal) return void (window.confirm(question) && again());
  box.className = "dialog";
  const no = element("button", { type: "button", class: "btn" }, word("no"));
  const yes = element("button", { type: "button", class: submitter?.classList.contains("btn-danger") ? "btn btn-danger" : "btn btn-primary" }, submitter?.textContent.trim() || word("yes"));
  box.append(element("p", { class: "large" }, question), element("div", { class: "buttons mt-3" }, yes, no));
  no.addEventListener("click", () => box.close());
  yes.addEventListener("click", () => { box.close(); again(); });
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function guard(event) {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !form.dataset.agreed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter, question);
    return;
  }
  delete form.dataset.agreed;
  if (!("once" in form.dataset)) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const now = signature(form, event.submitter);
  const key = form.querySelector("[name=idempotency_key]");
  if (key && form.dataset.sentAs && form.dataset.sentAs !== now) key.value = newKey();
  form.dataset.sentAs = now;
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, RELEASE, form);
}

export function startSubmitting() {
  document.addEventListener("submit", guard, true);
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-once]");
    if (form) release(form);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-once]")) release(form);
  });
}
