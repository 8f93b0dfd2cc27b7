import htmx from "htmx.org";
import { readyDrafts, startDrafts } from "./drafts.js";
import { readyInteractive } from "./interactive.js";
import { readyMaps } from "./maps.js";
import { startNetwork } from "./network.js";
import { readyOpinions } from "./opinions.js";
import { startPhotos } from "./photos.js";
import { readySmall, startSmall } from "./small.js";
import { startSubmitting } from "./submitting.js";

window.htmx = htmx;
// Pages hold personal matters and computers are shared: nothing of them is kept in the browser's storage.
Object.assign(htmx.config, {
  allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, selfRequestsOnly: true,
  historyCacheSize: 0, refreshOnHistoryMiss: true, timeout: 20000, scrollIntoViewOnBoost: false,
});

function ready(root) {
  readyDrafts(root);
  readySmall(root);
  readyInteractive(root);
  readyMaps(root);
  readyOpinions(root);
}

export function start() {
  document.documentElement.classList.add("js");
  startPhotos();
  startSubmitting();
  startDrafts();
  startSmall();
  startNetwork();
  ready(document);
  document.addEventListener("htmx:load", (event) => ready(event.detail.elt.parentElement ?? document));
}
