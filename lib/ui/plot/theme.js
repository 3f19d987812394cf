// Colours and room: what the browser knows and the figure cannot. Figures come drawn in the light palette.

const COLOUR = /color(scale|s|way)?$/;

/** Whether the page around the element is dark, by the background Streamlit gave it. */
export function isDark(element) {
  const [red, green, blue] = channels(getComputedStyle(element).getPropertyValue("--st-background-color"));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}

function channels(colour) {
  const hex = /^#([0-9a-f]{6})/i.exec(colour.trim());
  if (hex) return [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16));
  const numbers = colour.match(/[\d.]+/g);
  return numbers && numbers.length >= 3 ? numbers.map(Number) : [255, 255, 255];
}

/** A copy of the figure with every colour replaced by its twin. Only colour keys: a city may be called "#0b6b63". */
export function copied(node, twins, coloured = false) {
  if (typeof node === "string") return coloured ? (twins[node] ?? node) : node;
  if (node === null || typeof node !== "object") return node;
  if (Array.isArray(node)) return node.map((item) => copied(item, twins, coloured));
  const copy = {};
  for (const [key, value] of Object.entries(node)) copy[key] = copied(value, twins, COLOUR.test(key));
  return copy;
}

/** Lay the narrow screen's settings over the layout, key by key. */
export function patched(layout, patch) {
  for (const [key, value] of Object.entries(patch ?? {})) {
    const nested = value !== null && typeof value === "object" && !Array.isArray(value);
    layout[key] = nested ? patched(layout[key] ?? {}, value) : value;
  }
  return layout;
}
