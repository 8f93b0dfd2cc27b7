// Drawing an outline on the map. The text beside it is what is sent; the two are kept in step both ways.
import L from "leaflet";
import "@geoman-io/leaflet-geoman-free";

const DECIMALS = 7;
const WAIT = 500; // ms after the last key
const LANGUAGES = { "zh-Hans": "zh", "zh-Hant": "zh_tw" };
const STYLE = { className: "map-shape map-on" };
const HANDLES = { allowSelfIntersection: false, snapDistance: 12 };

function written(layer) {
  const geometry = layer.toGeoJSON(DECIMALS).geometry;
  if (geometry.type !== "Polygon" || geometry.coordinates.length > 1) return JSON.stringify(geometry);
  return geometry.coordinates[0].slice(0, -1).map(([x, y]) => `${x}, ${y}`).join("\n");
}

/** What the text says, as far as it can be drawn; what is wrong with it the answer to the form says. */
function read(text) {
  const said = text.trim();
  try {
    if (said.startsWith("{")) return L.geoJSON(JSON.parse(said)).getLayers().find((layer) => layer instanceof L.Polygon);
    const corners = said.split("\n").map((line) => line.match(/-?\d+(\.\d+)?/g)?.map(Number)).filter((pair) => pair?.length === 2);
    return corners.length > 2 ? L.polygon(corners.map(([x, y]) => [y, x])) : undefined;
  } catch {
    return undefined;
  }
}

/** Handles are for the pointer; by keyboard the corners are changed in the text. */
function quiet(pane) {
  const hush = () => {
    for (const handle of pane.querySelectorAll(".leaflet-marker-icon[role]")) {
      handle.removeAttribute("role");
      handle.tabIndex = -1;
    }
  };
  new MutationObserver(hush).observe(pane, { childList: true });
}

export function startDrawing(map, box, shapes) {
  const area = document.querySelector(box.dataset.draw);
  const frame = area.form.elements.frame;
  const begun = { text: area.value, frame: frame.value };
  let drawn = null;
  let timer = 0;

  quiet(map.getPane("markerPane"));
  map.pm.setLang(LANGUAGES[document.documentElement.lang] ?? "en");
  map.pm.setGlobalOptions({ ...HANDLES, pathOptions: STYLE, templineStyle: STYLE, hintlineStyle: STYLE });
  for (const layer of shapes.getLayers()) {
    if (layer.feature.properties.id === box.dataset.on) layer.remove();
    else layer.options.pmIgnore = true;
  }

  function write() {
    area.value = written(drawn);
    frame.value = "wgs84"; // what is drawn here is where it is
    area.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function show(layer) {
    drawn?.remove();
    drawn = layer ?? null;
    if (!drawn) return;
    drawn.setStyle?.(STYLE);
    drawn.options.className = STYLE.className;
    drawn.addTo(map);
    drawn.pm.enable(HANDLES);
    drawn.on("pm:edit pm:markerdragend pm:vertexremoved pm:vertexadded", write);
  }

  map.on("pm:create", ({ layer }) => {
    layer.remove();
    show(L.polygon(layer.getLatLngs()));
    write();
  });
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(frame.value === "wgs84" ? read(area.value) : undefined), WAIT);
  });
  const acts = {
    draw: () => map.pm.enableDraw("Polygon", { ...HANDLES, continueDrawing: false }),
    rectangle: () => map.pm.enableDraw("Rectangle", { continueDrawing: false }),
    undo: () => {
      map.pm.disableDraw();
      area.value = begun.text;
      frame.value = begun.frame;
      show(read(area.value));
    },
  };
  for (const button of document.querySelectorAll("[data-map-act]")) {
    button.hidden = false;
    button.addEventListener("click", acts[button.dataset.mapAct]);
  }
  if (frame.value === "wgs84") show(read(area.value));
}
