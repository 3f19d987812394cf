// A Plotly figure inside a Streamlit page: drawn once, then updated in place; clickable, readable by keyboard.

import { drawnOver, lifted } from "./over.js";
import { copied, isDark, patched } from "./theme.js";
import { cellBox, cellUnder, nextCell, nextPoint } from "./walk.js";

const NARROW = 560; // pixels; below it `meta.narrow` of the figure applies, below its own limit `meta.tight`
const HOVER = 80; // milliseconds until Plotly has drawn the label that is read out
const KEYS = "Arrow keys: from one to the next · Enter: open · T: the same numbers as a table";
const EDGE = 20; // pixels around a saved image
const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: false, doubleClick: false };
const charts = new WeakMap();
let script = null;

/** Plotly itself: started by the index page as early as possible, or else here. */
function plotly(url) {
  script ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const path = new URL(url, document.baseURI).href;
    const found = [...document.scripts].find((tag) => tag.src === path);
    const tag = found ?? document.head.appendChild(Object.assign(document.createElement("script"), { src: path }));
    tag.addEventListener("load", () => resolve(window.Plotly));
    tag.addEventListener("error", () => reject(new Error("The drawing library could not be loaded.")));
  });
  return script;
}

/** Called by Streamlit at every change of the figure or of the theme; `settings` come from Python. */
export async function draw(component, settings) {
  const chart = charts.get(component.parentElement) ?? mounted(component.parentElement);
  const given = JSON.parse(new TextDecoder().decode(component.data));
  Object.assign(chart, { given, settings, send: (click) => component.setTriggerValue("click", click) });
  chart.host.style.height = `${given.height}px`;
  chart.gd.setAttribute("aria-label", given.alt);
  chart.gd.setAttribute("aria-busy", "true"); // what is drawn is not yet what it is called
  chart.Plotly = await plotly(settings.script);
  await painted(chart);
  // Streamlit also ends a drawing that the next one overtakes, while the component stays.
  return () => component.parentElement.isConnected || removed(chart);
}

function mounted(parent) {
  const host = document.createElement("div");
  host.className = "cohort-plot";
  host.innerHTML =
    '<div class="cohort-plot-saves"><button type="button">PNG</button><button type="button">SVG</button></div>' +
    '<div class="cohort-plot-room"><div class="cohort-plot-figure" role="img" tabindex="0"></div>' +
    '<svg class="cohort-plot-over" aria-hidden="true"></svg><div class="cohort-plot-ring" hidden></div></div><div class="cohort-plot-live" aria-live="polite"></div>' +
    `<div class="cohort-plot-keys" aria-hidden="true">${KEYS}</div>`;
  parent.appendChild(host);
  const [room, gd, over, ring] = ["room", "figure", "over", "ring"].map((name) => host.querySelector(`.cohort-plot-${name}`));
  const chart = { host, room, gd, over, ring, live: host.querySelector(".cohort-plot-live"), at: null, width: 0, queue: null };
  charts.set(parent, chart);
  gd.setAttribute("aria-description", KEYS);
  gd.addEventListener("keydown", (event) => onKey(chart, event));
  gd.addEventListener("click", (event) => onClick(chart, event));
  gd.addEventListener("blur", () => leave(chart));
  for (const button of host.querySelectorAll("button")) {
    button.title = `Save this picture as ${button.textContent}, with its title and what it counts`;
    button.onclick = () => save(chart, button.textContent);
  }
  chart.observer = new ResizeObserver(() => host.clientWidth !== chart.width && painted(chart));
  chart.observer.observe(host);
  return chart;
}

/** The figure for this room and theme. */
function figureFor(chart, dark) {
  const { data, layout } = copied(chart.given.figure, dark ? chart.settings.twins : {});
  const parts = [layout, ...data];
  if (chart.width < layout.meta?.below) for (const part of parts) patched(part, part.meta?.tight);
  if (chart.width < NARROW) for (const part of parts) patched(part, part.meta?.narrow);
  const width = Math.max(chart.width, layout.meta?.min_width ?? 0);
  return { data, layout: { ...layout, width, height: chart.given.height, autosize: false } };
}

/** One drawing at a time, always of the newest figure. */
function painted(chart) {
  chart.queue = (chart.queue ?? Promise.resolve()).then(() => paint(chart));
  return chart.queue;
}

async function paint(chart) {
  chart.width = chart.host.clientWidth;
  if (!chart.width || !chart.Plotly) return;
  const { given } = chart;
  const { data, layout, over } = lifted(figureFor(chart, isDark(chart.host)));
  const first = !chart.gd._fullLayout;
  await chart.Plotly.react(chart.gd, data, layout, CONFIG);
  drawnOver(chart.over, chart.gd, over);
  if (first) chart.gd.on("plotly_click", (event) => !layout.meta?.grid && clicked(chart, event.points[0]));
  chart.host.classList.add("cohort-plot-ready");
  chart.gd.setAttribute("aria-busy", String(given !== chart.given));
  chart.gd.classList.toggle("cohort-plot-clickable", Boolean(layout.meta?.grid || layout.meta?.click));
  leave(chart);
}

function onKey(chart, event) {
  if (!chart.gd._fullLayout) return;
  if (event.key === "Escape") return leave(chart);
  if (event.key === "Enter" || event.key === " ") {
    if (chart.at) event.preventDefault(), enter(chart);
    return;
  }
  if (event.key.toLowerCase() === "t" && !event.ctrlKey && !event.metaKey && !event.altKey) return showTable(chart);
  const grid = chart.gd._fullLayout.meta?.grid;
  const next = (grid ? nextCell : nextPoint)(chart.gd, chart.at, event);
  if (!next) return;
  event.preventDefault();
  chart.at = next;
  grid ? showCell(chart, next) : chart.Plotly.Fx.hover(chart.gd, [{ curveNumber: next.curve, pointNumber: next.number }]);
  clearTimeout(chart.telling);
  chart.telling = setTimeout(() => announce(chart), HOVER);
}

/** The last of the card's views is its table; the reader stays on that choice and can go back from there. */
function showTable(chart) {
  const views = chart.host.closest('[class*="st-key-card-"]')?.querySelectorAll('[class*="st-key-view-"] button');
  const table = views && [...views].at(-1);
  table?.focus();
  table?.click();
}

function showCell(chart, cell) {
  const { left, top, width, height } = cellBox(chart.gd, cell);
  Object.assign(chart.ring.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  chart.ring.hidden = false;
  chart.ring.scrollIntoView({ block: "nearest", inline: "nearest" });
  const { xaxis, yaxis } = chart.gd._fullLayout;
  const middle = { xpx: left - xaxis._offset + width / 2, ypx: top - yaxis._offset + height / 2 };
  chart.Plotly.Fx.hover(chart.gd, middle, "xy");
}

function announce(chart) {
  const texts = [...chart.gd.querySelectorAll(".hoverlayer .hovertext text")];
  const lines = texts.flatMap((text) => [...(text.querySelectorAll(".line").length ? text.querySelectorAll(".line") : [text])]);
  chart.live.textContent = lines.map((line) => line.textContent).join(", ");
}

function leave(chart) {
  clearTimeout(chart.telling);
  chart.at = null;
  chart.ring.hidden = true;
  chart.live.textContent = "";
  if (chart.gd._fullLayout) chart.Plotly.Fx.unhover(chart.gd);
}

function enter(chart) {
  if (chart.gd._fullLayout.meta?.grid) return cellClicked(chart, chart.at);
  const { curve, number } = chart.at;
  const trace = chart.gd._fullData[curve];
  clicked(chart, { x: trace.x[number], y: trace.y[number], customdata: trace.customdata?.[number] });
}

function onClick(chart, event) {
  if (!chart.gd._fullLayout?.meta?.grid) return;
  const cell = cellUnder(chart.gd, event);
  if (cell) cellClicked(chart, cell);
}

function cellClicked(chart, { row, column }) {
  const { x, y } = chart.gd._fullLayout.meta.grid;
  chart.send({ x: x[column] ?? null, y: y[row] ?? null, customdata: null });
}

function clicked(chart, point) {
  if (!chart.gd._fullLayout.meta?.click) return;
  const { x, y, customdata } = point;
  chart.send({ x, y, customdata: ArrayBuffer.isView(customdata) ? [...customdata] : (customdata ?? null) });
}

/** An image for a slide: always in light colours, with the finding above and the small print below. */
function save(chart, kind) {
  const { data, layout } = figureFor(chart, false);
  const { title, caption, file, height } = chart.given;
  const wide = layout.width + 2 * EDGE;
  const [above, below] = [folded(title, wide / 11), folded(caption, wide / 7)];
  const { l, r, t, b } = layout.margin;
  const margin = { ...layout.margin, l: l + EDGE, r: r + EDGE, t: t + EDGE + above.length * 26, b: b + EDGE + below.length * 18 };
  const words = [
    [above, 1, "top", 19, margin.t - EDGE + 6],
    [below, 0, "bottom", 12, EDGE - margin.b - 6],
  ];
  layout.annotations = [
    ...(layout.annotations ?? []),
    ...words.map(([text, y, yanchor, size, yshift]) => ({
      text: text.join("<br>"),
      x: 0, xref: "paper", xanchor: "left", xshift: EDGE - margin.l - 4,
      y, yref: "paper", yanchor, yshift, showarrow: false, align: "left", font: { size },
    })),
  ];
  const tall = height + margin.t + margin.b - t - b;
  const page = { ...layout, margin, paper_bgcolor: chart.settings.background, width: wide, height: tall };
  const format = kind.toLowerCase();
  return chart.Plotly.downloadImage({ data, layout: page }, { format, filename: file, width: wide, height: tall, scale: format === "png" ? 2 : 1 });
}

/** Lines of at most about `width` characters, as Plotly must receive them to show them as they are. */
function folded(text, width) {
  if (!text) return [];
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    line && line.length + word.length >= width ? lines.push(word) : (lines[lines.length - 1] = line ? `${line} ${word}` : word);
  }
  const escape = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  return lines.map((line) => line.replace(/[&<>]/g, (sign) => escape[sign]));
}

function removed(chart) {
  chart.observer.disconnect();
  chart.Plotly?.purge(chart.gd);
  chart.host.remove();
}
