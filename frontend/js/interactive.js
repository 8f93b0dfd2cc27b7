// Alpine is fetched only by a page that has something for it.
let asked = false;

export function readyInteractive(root) {
  if (asked || !(root.matches?.("[x-data]") || root.querySelector("[x-data]"))) return;
  asked = true;
  import("./alpine.js");
}
