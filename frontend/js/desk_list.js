// The list beside what is opened: keeps its place, and on a phone gives way to it. Ctrl and Enter saves a form.

/** A page opened from the list without loading the whole anew tells here which part a phone shows. */
function focus() {
  const desk = document.querySelector(".desk");
  const opened = document.querySelector("#main [data-focus-detail]");
  if (!desk || !opened) return;
  desk.classList.remove("focus-list");
  desk.classList.add("focus-detail");
}

/** The opened line stays in sight. */
function show() {
  const line = document.querySelector(".desk-items > .on");
  const list = line?.closest(".desk-list");
  if (!line || !list || getComputedStyle(list).position !== "sticky") return;
  const [top, bottom] = [line.offsetTop - list.scrollTop, line.offsetTop + line.offsetHeight - list.scrollTop];
  if (top < 110 || bottom > list.clientHeight) list.scrollTop = line.offsetTop - list.clientHeight / 3;
}

export function startList() {
  focus();
  show();
  document.addEventListener("htmx:afterSettle", () => { focus(); show(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.closest?.("form[data-ctrl-enter]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".btn-primary[type=submit]") ?? undefined);
  });
}
