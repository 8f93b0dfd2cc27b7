// A map of our own outlines. Everything on it stands in a list or a form beside it as well.
import L from "leaflet";
import "../css/map.css";
import { startPointing } from "./pointing.js";
import { element } from "./words.js";

const CLOSE = 17.5; // zoom from which buildings carry their names
const NEAR = 17.5; // as close as a map comes by itself: the neighbours are in sight
const POINT_ZOOM = 19;

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function opened(box) {
  const animated = !calm();
  const map = L.map(box, {
    zoomControl: false, attributionControl: false, minZoom: 3, maxZoom: 21, zoomSnap: 0.5, zoomDelta: 1,
    zoomAnimation: animated, fadeAnimation: animated, markerZoomAnimation: animated, inertia: animated,
  });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  if (box.dataset.tiles) {
    L.control.attribution({ prefix: false }).addTo(map);
    const attribution = document.createElement("span");
    attribution.textContent = box.dataset.attribution; // a setting, shown as text and never as markup
    // The server learns which site shows its pictures, as its keys ask, and not which page.
    L.tileLayer(box.dataset.tiles, {
      attribution: attribution.innerHTML, subdomains: box.dataset.servers, maxZoom: 21, maxNativeZoom: 18, referrerPolicy: "origin",
    }).addTo(map);
  }
  map.on("zoomend", () => {
    box.classList.toggle("map-close", map.getZoom() >= CLOSE);
    box.classList.toggle("map-far", map.getZoom() < CLOSE);
  });
  return map;
}

function corner(map, text) {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => element("p", { class: "map-note" }, text);
  control.addTo(map);
}

function outlines(map, found, on) {
  return L.geoJSON(found, {
    style: ({ properties }) => ({ className: `map-shape map-${properties.kind}${properties.id === on ? " map-on" : ""}` }),
    interactive: false,
    onEachFeature: ({ properties }, layer) => {
      if (properties.kind !== "community") named(map, layer, properties);
    },
  }).addTo(map);
}

/** A building's name stands in its middle; a courtyard's under its northern edge, where no building is; a grid's above it. */
function named(map, layer, { kind, name }) {
  const direction = { courtyard: "bottom", grid: "top" }[kind] ?? "center";
  const bounds = layer.getBounds();
  const at = direction === "center" ? bounds.getCenter() : [bounds.getNorth(), bounds.getCenter().lng];
  const options = { permanent: true, direction, className: `map-name map-name-${kind}`, opacity: 1, offset: [0, 0] };
  L.tooltip(at, { ...options, content: element("span", {}, name) }).addTo(map);
}

/** The list of a mark, beside the map. */
function open(id) {
  const list = document.getElementById(id);
  list.open = true;
  list.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  list.querySelector("summary").focus({ preventScroll: true });
}

/** Marks with a number each; Enter or a press opens its list. */
function spots(map, rows) {
  for (const row of rows) {
    const icon = L.divIcon({ className: `map-spot${row.late ? " map-spot-late" : ""}`, html: element("b", {}, row.count), iconSize: null });
    const marker = L.marker([row.latitude, row.longitude], { icon, keyboard: true, riseOnHover: true, title: row.label }).addTo(map);
    marker.getElement().setAttribute("aria-label", row.label);
    marker.getElement().setAttribute("role", "button");
    marker.on("click keypress", (event) => {
      if (event.type === "click" || event.originalEvent.key === "Enter") open(row.opens);
    });
  }
}

export function pointAt(map, at, label) {
  const icon = L.divIcon({ className: "map-point", html: element("i", {}), iconSize: null });
  const marker = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
  marker.getElement().setAttribute("role", "img");
  marker.getElement().setAttribute("aria-label", label);
  return marker;
}

function look(map, box, shapes, rows) {
  const { longitude, latitude, on } = box.dataset;
  const bounds = shapes.getBounds();
  const chosen = on && shapes.getLayers().find((layer) => layer.feature.properties.id === on);
  if (longitude) map.setView([latitude, longitude], POINT_ZOOM, { animate: false });
  else if (chosen) map.fitBounds(chosen.getBounds(), { maxZoom: box.dataset.draw ? 20 : NEAR, padding: [40, 40], animate: false });
  else if (bounds.isValid()) map.fitBounds(bounds, { padding: [8, 8], animate: false });
  else if (rows.length) map.setView([rows[0].latitude, rows[0].longitude], CLOSE, { animate: false });
  else map.setView([35, 105], 4, { animate: false });
}

async function read(address) {
  const answer = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`the outlines were answered with ${answer.status}`);
  return answer.json();
}

export async function drawMap(box) {
  try {
    const found = await read(box.dataset.shapes);
    const rows = box.dataset.spots ? JSON.parse(document.querySelector(box.dataset.spots).textContent) : [];
    // It adds itself to the maps and layers that are made after it.
    const drawing = box.dataset.draw && await import("./drawing.js");
    const map = opened(box);
    const shapes = outlines(map, found, box.dataset.on);
    look(map, box, shapes, rows);
    spots(map, rows);
    if (found.features.some(({ properties }) => properties.illustrative)) corner(map, box.dataset.illustrative);
    if (box.dataset.longitude) pointAt(map, [box.dataset.latitude, box.dataset.longitude], box.dataset.chosen);
    if (box.dataset.tap) startPointing(map, box, pointAt);
    if (drawing) drawing.startDrawing(map, box, shapes);
    box.dataset.mapReady = "";
  } catch (error) {
    console.warn(error);
    box.textContent = box.dataset.broken;
  }
}
