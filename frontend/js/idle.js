// Staff computers are shared: after a while without a touch the screen is covered and the session locked.
import { element, word } from "./words.js";

const LAST = "linli-last-touch";
const CHECK = 15000; // ms, at most
let last = Date.now();

function touch() {
  const now = Date.now();
  if (now - last < 5000) return;
  last = now;
  try {
    localStorage.setItem(LAST, String(now)); // other windows of the same desk stay open too
  } catch { /* then each window counts for itself */ }
}

function latest() {
  try {
    return Math.max(last, Number(localStorage.getItem(LAST)) || 0);
  } catch {
    return last;
  }
}

function cover() {
  if (document.querySelector(".cover")) return;
  const back = element("a", { class: "btn btn-primary", href: location.href }, word("unlock"));
  const box = element("div", { class: "cover", role: "alertdialog", "aria-label": word("locked"), tabindex: "-1" },
    element("div", {}, element("h1", {}, word("locked")), element("p", { class: "muted mt-1" }, word("lockedWhy")), back));
  document.querySelector(".desk")?.setAttribute("hidden", "");
  document.body.append(box);
  document.title = word("locked");
  back.focus();
}

async function lock(url) {
  cover();
  const token = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] ?? "";
  // Offline the cover alone must do; the server ends the session by its own clock.
  await fetch(url, { method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin" }).catch(() => {});
}

export function startIdle() {
  const { idleMinutes, lockUrl } = document.body.dataset;
  if (!idleMinutes || !lockUrl) return;
  last = Date.now();
  for (const kind of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) addEventListener(kind, touch, { passive: true });
  const allowed = Number(idleMinutes) * 60000;
  const timer = setInterval(() => {
    if (Date.now() - latest() < allowed) return;
    clearInterval(timer);
    lock(lockUrl);
  }, Math.min(CHECK, allowed / 4));
}
