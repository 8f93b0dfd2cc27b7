// Maps are fetched only by a page that shows one.
import { announce } from "./words.js";

function draw(box) {
  import("./map.js").then(({ drawMap }) => drawMap(box)).catch(() => {
    box.textContent = box.dataset.broken;
    announce(box.dataset.broken);
  });
}

/** A map in a closed fold has no size yet: it is drawn when the fold opens. */
export function readyMaps(root) {
  for (const box of root.querySelectorAll("[data-map]:not([data-map-begun])")) {
    box.dataset.mapBegun = "";
    const fold = box.closest("details:not([open])");
    if (fold) fold.addEventListener("toggle", () => draw(box), { once: true });
    else draw(box);
  }
}
