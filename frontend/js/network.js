// A lost network is told calmly and a refusal is shown where the person is, with its reason and the way on.
import { element, word } from "./words.js";

let banner = null;

function hush() {
  banner?.remove();
  banner = null;
}

function say(text, retry) {
  hush();
  banner = element("div", { class: "banner", role: "status" }, element("p", {}, text));
  const button = element("button", { type: "button", class: "btn btn-small" }, word(retry ? "retry" : "ok"));
  button.addEventListener("click", () => { hush(); retry?.(); });
  banner.append(button);
  document.body.append(banner);
}

function refusalIn(text) {
  if (!text || !text.includes("refusal")) return null;
  return new DOMParser().parseFromString(text, "text/html").querySelector(".refusal");
}

function show(refusal) {
  const place = document.getElementById("refusal");
  if (!place) return say(refusal.innerText);
  place.replaceChildren(document.importNode(refusal, true));
  window.htmx?.process(place);
  place.firstElementChild.setAttribute("tabindex", "-1");
  place.firstElementChild.focus();
  place.scrollIntoView({ block: "center" });
}

function again({ verb, path, parameters }, source) {
  return () => window.htmx.ajax(verb, path, { source, values: parameters });
}

function beforeSwap(event) {
  const { detail } = event;
  const { xhr } = detail;
  if (xhr.status < 400) {
    document.getElementById("refusal")?.replaceChildren();
    // Signed out meanwhile: a whole page from elsewhere is never put inside this one.
    const from = new URL(xhr.responseURL || location.href).pathname;
    const asked = new URL(detail.pathInfo.requestPath, location.href).pathname;
    if (from !== asked && /<html[\s>]/i.test(xhr.responseText)) {
      detail.shouldSwap = false;
      location.assign(xhr.responseURL);
    }
    return;
  }
  const refusal = refusalIn(xhr.responseText);
  detail.shouldSwap = !refusal && xhr.status === 422;
  detail.isError = !detail.shouldSwap;
  if (refusal) show(refusal);
  else if (!detail.shouldSwap) say(word("broke"), again(detail.requestConfig, detail.elt));
}

export function startNetwork() {
  addEventListener("offline", () => say(word("offline")));
  addEventListener("online", hush);
  if (navigator.onLine === false) say(word("offline"));
  document.addEventListener("htmx:beforeSwap", beforeSwap);
  for (const kind of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(kind, (event) => say(word("offline"), again(event.detail.requestConfig, event.detail.elt)));
  }
}
