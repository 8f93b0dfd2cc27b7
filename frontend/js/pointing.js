// Pointing at a spot: by a tap, by Enter on the middle of the map, or by where the device says it is, which it is
// asked for only when the button is pressed.
import { announce } from "./words.js";

const DECIMALS = 6;
const WAIT = 15000; // ms
const OLD = 60000; // ms: a position this old still counts

export function startPointing(map, box, pointAt) {
  const target = document.querySelector(box.dataset.tapTarget);
  const button = document.querySelector("[data-here]");
  let marker = null;

  function point({ lat, lng }) {
    marker?.remove();
    marker = pointAt(map, [lat, lng], box.dataset.chosen);
    const values = { pick: "point", longitude: lng.toFixed(DECIMALS), latitude: lat.toFixed(DECIMALS) };
    window.htmx.ajax("GET", box.dataset.tap, { target, swap: "innerHTML", values });
  }

  function say(words) {
    target.querySelector("[data-told]")?.remove();
    const told = document.createElement("p");
    told.className = "muted";
    told.dataset.told = "";
    told.textContent = words;
    target.prepend(told);
    announce(words);
  }

  box.classList.add("map-taps");
  map.on("click", ({ latlng }) => point(latlng));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target !== box) return;
    event.preventDefault();
    point(map.getCenter());
  });
  if (!button || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    const done = () => button.removeAttribute("aria-busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done();
        const here = { lat: coords.latitude, lng: coords.longitude };
        map.setView(here, 19, { animate: false });
        point(here);
      },
      (refused) => {
        done();
        say(refused.code === refused.PERMISSION_DENIED ? button.dataset.refused : button.dataset.unknown);
      },
      { enableHighAccuracy: true, timeout: WAIT, maximumAge: OLD },
    );
  });
}
