// The groups of opinion drawn with ECharts in place of the drawing the page came with: the same marks on the same
// spots, and a press on a group tells what it holds. Everything it tells is written below the drawing as well.
import { CustomChart, ScatterChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { element } from "./words.js";

use([CustomChart, ScatterChart, GridComponent, TooltipComponent, SVGRenderer]);

const WHOLE = 100; // the drawing's own units, from edge to edge
const MARK = 3.2, LETTER = 6, MYSELF = 7, AROUND = 11; // sizes and the width of a group's edge, in them

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Colours and the reader's type size, as the page's style sheet has them. */
function styleOf(box) {
  const style = getComputedStyle(box);
  const token = (name) => style.getPropertyValue(name).trim();
  return {
    font: style.fontFamily, size: parseFloat(token("--t-1")), ink: token("--ink"), card: token("--card"),
    group: (number) => token(`--group-${number}`), soft: (number) => token(`--group-${number}-soft`),
  };
}

/** The ground a group stands on: the line around its marks, drawn wide and round. */
function ground(group, style, unit) {
  const soft = style.soft(group.number);
  return {
    type: "custom", id: `ground-${group.number}`, name: group.title, data: [group.center], z: 1, clip: false,
    renderItem: (_params, api) => ({
      type: "polygon", shape: { points: group.outline.map((spot) => api.coord(spot)) },
      style: { fill: soft, stroke: soft, lineWidth: AROUND * unit, lineJoin: "round" },
      emphasis: { style: { fill: soft, stroke: soft } }, // a pressed ground stays as it is, its marks stand out
    }),
  };
}

function marks(group, style, unit) {
  return {
    type: "scatter", id: `marks-${group.number}`, name: group.title, data: group.dots, z: 2, clip: false,
    symbol: `path://${group.mark}`, symbolKeepAspect: true, symbolSize: MARK * unit,
    itemStyle: { color: style.group(group.number), borderColor: style.card, borderWidth: 0.25 * unit, opacity: 1 },
    emphasis: { focus: "series", scale: false }, blur: { itemStyle: { opacity: 0.35 } },
  };
}

/** Words on the drawing; pressing them presses what is below. */
function words(id, rows, look) {
  return {
    type: "scatter", id, silent: true, z: 3, clip: false, symbol: "circle", symbolSize: 1, itemStyle: { color: "transparent" },
    data: rows.map(({ at, text, color }) => ({ value: at, label: { formatter: text.replace(/[{}]/g, ""), color } })),
    label: { show: true, position: "inside", ...look },
  };
}

function myself(told, style, unit) {
  const edge = { color: style.card, width: 0.4 * style.size };
  return {
    type: "scatter", id: "me", silent: true, z: 4, clip: false, symbol: "circle", symbolSize: MYSELF * unit, data: [told.me],
    itemStyle: { color: "transparent", borderColor: style.ink, borderWidth: 0.9 * unit },
    label: {
      show: true, position: "top", distance: 3, formatter: told.you, color: style.ink, fontFamily: style.font, fontSize: style.size,
      textBorderColor: edge.color, textBorderWidth: edge.width,
    },
  };
}

/** What a press on a group says. Its box is an element of ours: no markup in strings, no style beside the sheet's. */
function telling(told, style) {
  const groups = new Map(told.groups.flatMap((group) => [[`ground-${group.number}`, group], [`marks-${group.number}`, group]]));
  return {
    trigger: "item", triggerOn: "mousemove|click", confine: true, transitionDuration: 0, padding: 0, borderWidth: 0, className: "opinion-tip",
    backgroundColor: style.card, textStyle: { color: style.ink, fontFamily: style.font, fontSize: style.size }, extraCssText: "white-space:normal",
    formatter({ seriesId }) {
      const group = groups.get(seriesId);
      return element("div", {}, element("b", {}, group.title), ...group.says.map((line) => element("p", {}, line)));
    },
  };
}

function options(told, box) {
  const style = styleOf(box), width = box.clientWidth, unit = width / WHOLE;
  const axis = { type: "value", min: 0, max: WHOLE, show: false };
  const letters = told.groups.map((group) => ({ at: group.center, text: group.letter, color: style.group(group.number) }));
  const look = { opacity: 1, fontFamily: style.font, fontWeight: 700, fontSize: Math.max(LETTER * unit, style.size), textBorderColor: style.card, textBorderWidth: 1.6 * unit };
  return {
    animation: !calm(), animationDuration: 300, stateAnimation: { duration: calm() ? 0 : 150 },
    grid: { left: 0, top: 0, right: 0, bottom: 0, outerBoundsMode: "none" },
    xAxis: axis, yAxis: { ...axis, inverse: true }, tooltip: telling(told, style),
    series: [
      ...told.groups.map((group) => ground(group, style, unit)), ...told.groups.map((group) => marks(group, style, unit)),
      words("letters", letters, look), ...(told.me ? [myself(told, style, unit)] : []),
    ],
  };
}

export function drawOpinions(box) {
  const told = JSON.parse(document.querySelector(box.dataset.opinions).textContent);
  const before = box.querySelector("svg");
  const place = element("div", { class: "opinion-chart", role: "img", "aria-label": before.getAttribute("aria-label") });
  box.append(place);
  const chart = init(place, null, { renderer: "svg" });
  chart.setOption(options(told, place));
  before.remove(); // only now: where this one cannot be made the other stays
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width || !place.clientWidth) return;
    width = place.clientWidth;
    chart.resize();
    chart.setOption(options(told, place));
  }).observe(place);
  box.dataset.opinionsReady = "";
}
