// Which cell or point the reader means, by mouse or by keyboard.

/** Row and column under a mouse event; -1 for the row on a column's heading, -1 for the column on a row's label. */
export function cellUnder(gd, event) {
  const { xaxis, yaxis } = gd._fullLayout;
  const box = gd.getBoundingClientRect();
  const right = event.clientX - box.left - xaxis._offset;
  const down = event.clientY - box.top - yaxis._offset;
  const grid = gd._fullLayout.meta.grid;
  const column = right < 0 ? -1 : Math.round(xaxis.p2d(right));
  const row = down < 0 ? -1 : grid.at.findIndex((at, place) => Math.abs(at - yaxis.p2d(down)) <= half(grid, place));
  const outside = column >= grid.x.length || (down >= 0 && row < 0) || (row < 0 && column < 0);
  return outside ? null : { row, column };
}

/** Place of a cell inside the chart, in pixels. */
export function cellBox(gd, { row, column }) {
  const { xaxis, yaxis, meta } = gd._fullLayout;
  const left = xaxis.d2p(column - 0.5);
  const [at, up] = [meta.grid.at[row], half(meta.grid, row)];
  const top = yaxis.d2p(at - up);
  return {
    left: xaxis._offset + left,
    top: yaxis._offset + top,
    width: xaxis.d2p(column + 0.5) - left,
    height: yaxis.d2p(at + up) - top,
  };
}

/** Half the height of a row: rows of rates may be taller than the others. */
function half(grid, row) {
  return (grid.tall?.[row] ?? 1) / 2;
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** The cell that a key leads to, or null where the key means nothing here. */
export function nextCell(gd, cell, event) {
  const { x, y } = gd._fullLayout.meta.grid;
  const last = { row: y.length - 1, column: x.length - 1 };
  if (event.key === "Home") return { row: event.ctrlKey ? 0 : (cell?.row ?? 0), column: 0 };
  if (event.key === "End") return { row: event.ctrlKey ? last.row : (cell?.row ?? 0), column: last.column };
  const step = STEPS[event.key];
  if (!step) return null;
  if (!cell) return { row: 0, column: 0 };
  const within = (value, most) => Math.max(0, Math.min(most, value));
  return { row: within(cell.row + step[0], last.row), column: within(cell.column + step[1], last.column) };
}

/** Every point with a hover text, in reading order: what the arrow keys visit in a chart that is no grid. */
export function points(gd) {
  const found = [];
  gd._fullData.forEach((trace, curve) => {
    if (trace.visible !== true || trace.hoverinfo === "skip" || trace.meta?.target) return; // a target is for the mouse
    gd.calcdata[curve].forEach((point, number) => {
      if (point.x !== undefined && !Number.isNaN(point.y)) found.push({ curve, number, x: point.x, y: point.y, trace });
    });
  });
  const down = gd._fullLayout.yaxis.autorange === "reversed" || gd._fullLayout.yaxis.range[0] > gd._fullLayout.yaxis.range[1];
  const rows = gd._fullLayout.meta?.across === "rows";
  return found.sort((a, b) => (rows ? (down ? a.y - b.y : b.y - a.y) || a.x - b.x : a.x - b.x || b.y - a.y));
}

/** The point before or after, for an arrow key. */
export function nextPoint(gd, current, event) {
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (!step) return null;
  const all = points(gd);
  const at = all.findIndex((point) => point.curve === current?.curve && point.number === current?.number);
  return all[Math.max(0, Math.min(all.length - 1, at + step))] ?? null;
}
