// What is drawn over the figure by ourselves. Plotly makes an element of every stroke between two gaps, and measures
// every word of the key on the page: thousands of elements and a dozen layouts, in each drawing. Here a kind of stroke
// is one path, and the key stands where Python placed it. A saved image has them from Plotly: see `figureFor`.

const KEY = (part) => part.name === "key";

/** The figure without what is drawn over it, and that. */
export function lifted({ data, layout }) {
  const [shapes, annotations] = [layout.shapes ?? [], layout.annotations ?? []];
  const left = (part) => !KEY(part);
  return {
    data: data.filter((trace) => !trace.meta?.strokes),
    layout: { ...layout, shapes: shapes.filter(left), annotations: annotations.filter(left) },
    over: { strokes: data.filter((trace) => trace.meta?.strokes), signs: shapes.filter(KEY), words: annotations.filter(KEY) },
  };
}

/** Draw it where the figure, which is drawn already, has its axes and its upper left corner. */
export function drawnOver(svg, gd, { strokes, signs, words }) {
  const { width, height, font, xaxis2, yaxis2, _size: size } = gd._fullLayout;
  const paths = strokes.map(({ x, y, line, opacity = 1 }) =>
    element(svg, "path", { d: path(floats(x), floats(y), xaxis2, yaxis2), fill: "none", stroke: line.color, "stroke-width": line.width, opacity }),
  );
  for (const [name, value] of Object.entries({ width, height })) svg.setAttribute(name, value);
  svg.replaceChildren(...paths, ...signs.map((sign) => drawnSign(svg, sign, size)), ...words.map((word) => drawnWord(svg, word, size, font)));
}

/** Numbers as Plotly is given them: in base64, or in a list. */
function floats(given) {
  if (!given.bdata) return given;
  return new Float32Array(Uint8Array.from(atob(given.bdata), (sign) => sign.charCodeAt(0)).buffer);
}

function path(x, y, across, down) {
  const parts = [];
  let pen = "M";
  for (let at = 0; at < x.length; at++) {
    const known = Number.isFinite(x[at]) && x[at] !== null;
    if (known) parts.push(pen, (across._offset + across.d2p(x[at])).toFixed(1), ",", (down._offset + down.d2p(y[at])).toFixed(1));
    pen = known ? "L" : "M";
  }
  return parts.join("");
}

/** A sign of the key: placed in pixels from the plot's upper left corner, upwards. */
function drawnSign(svg, { type, path: form, x0, x1, y0, y1, fillcolor, line }, { l, t }) {
  const look = { fill: fillcolor, stroke: line.width ? line.color : "none", "stroke-width": line.width };
  if (type === "circle") return element(svg, "circle", { cx: l + (x0 + x1) / 2, cy: t - (y0 + y1) / 2, r: (x1 - x0) / 2, ...look });
  return element(svg, "path", { d: form.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x, y) => `${l + Number(x)},${t - y}`), ...look });
}

/** Words of the key, which may hold what Plotly reads as markup: here they are only ever text. */
function drawnWord(svg, { text, xshift, yshift, font }, { l, t }, { family }) {
  const look = { fill: font.color, "font-size": font.size, "font-family": family, "dominant-baseline": "central" };
  const word = element(svg, "text", { x: l + xshift + 1, y: t - yshift, ...look });
  word.textContent = new DOMParser().parseFromString(text, "text/html").body.textContent;
  return word;
}

function element(svg, name, attributes) {
  const made = document.createElementNS(svg.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
