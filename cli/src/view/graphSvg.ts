// A web of trust as a picture that needs nothing but itself, in light and dark.
import { type Layout, NODE, type Placed } from "./graphLayout.ts";
import type { PictureEdge } from "./graphPick.ts";
import { plain } from "./text.ts";

const LEGEND = 76;
const LEAST_WIDTH = 620;

const style = `
  svg { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --box: #f6f8fa; --line: #8c959f; --pro: #1a7f37; --contra: #cf222e; --anchor: #0969da; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --soft: #9198a1; --box: #161b22; --line: #656c76; --pro: #3fb950; --contra: #f85149; --anchor: #58a6ff; }
  }
  .paper { fill: var(--paper); }
  text { font: 13px system-ui, sans-serif; fill: var(--ink); }
  .id { font-weight: 600; }
  .small { font-size: 11px; fill: var(--soft); }
  .box { fill: var(--box); stroke: var(--line); stroke-width: 1.5; }
  .anchor { stroke: var(--anchor); }
  .supported { stroke: var(--pro); }
  .distrusted { stroke: var(--contra); }
  .target { stroke-width: 4; }
  .edge { fill: none; stroke-linecap: round; opacity: 0.75; }
  .for { stroke: var(--pro); }
  .against { stroke: var(--contra); stroke-dasharray: 7 5; }
  .muted { stroke: var(--line); stroke-dasharray: 2 5; }
  .head-for { fill: var(--pro); } .head-against { fill: var(--contra); } .head-muted { fill: var(--line); }
`;

/** Draws a layout. Everything that is written is escaped, whatever it is. */
export function svg({ width: inner, height, nodes, edges }: Layout, title: string): string {
  const width = Math.max(inner, LEAST_WIDTH);
  const places = new Map(nodes.map((node) => [node.id, node]));
  const most = Math.max(...edges.map(({ flow }) => flow), Number.MIN_VALUE);
  const lines = edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.voucherId), places.get(edge.subjectId)];
    return from === undefined || to === undefined ? [] : [line(edge, from, to, most)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + LEGEND}" width="${width}" height="${height + LEGEND}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<defs>${["for", "against", "muted"].map(head).join("")}</defs>`,
    `<rect class="paper" width="100%" height="100%"/>`,
    ...lines,
    ...nodes.map(box),
    ...legend(height),
    "</svg>",
    "",
  ].join("\n");
}

/** Text of whoever: nothing in it can be markup, or steer anything. */
export function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return plain(text).replace(/[&<>"'\ufffe\uffff]/g, (mark) => entities[mark] ?? "");
}

function kindOf({ stance, muted }: PictureEdge): string {
  return muted === undefined ? stance : "muted";
}

function head(kind: string): string {
  return `<marker id="head-${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="head-${kind}" d="M0 0 8 4 0 8z"/></marker>`;
}

/** As wide as much flows, by the square root, so that a hundredth is still seen. */
function line(edge: PictureEdge, from: Placed, to: Placed, most: number): string {
  const kind = kindOf(edge);
  const thickness = (1 + 6 * Math.sqrt(edge.flow / most)).toFixed(1);
  const why = edge.muted === undefined ? "" : `, ${edge.muted}: does not count`;
  const verb = edge.stance === "for" ? "vouches for" : "warns about";
  const words = `${edge.voucherId} ${verb} ${edge.subjectId}: stake ${edge.stake}, flow ${edge.printedFlow}${why}`;
  return `<path class="edge ${kind}" d="${curve(from, to)}" stroke-width="${thickness}" marker-end="url(#head-${kind})"><title>${escaped(words)}</title></path>`;
}

function curve(from: Placed, to: Placed): string {
  const half = NODE.width / 2;
  // Between two of one column, and back to an earlier one, it leaves and arrives on the outside.
  const isForward = to.column > from.column;
  const startX = from.x + half;
  const endX = isForward ? to.x - half : to.x + half;
  const reach = isForward ? (endX - startX) / 2 : 36 + Math.min(40, Math.abs(to.y - from.y) / 8);
  const shift = isForward ? 0 : 6;
  const control = isForward ? endX - reach : Math.max(startX, endX) + reach;
  const first = isForward ? startX + reach : control;
  return `M${startX} ${from.y - shift}C${first} ${from.y - shift} ${control} ${to.y + shift} ${endX} ${to.y + shift}`;
}

function box(node: Placed): string {
  const { x, y, id, verdict, isAnchor, isTarget, printed } = node;
  const [left, top] = [x - NODE.width / 2, y - NODE.height / 2];
  const classes = ["box", isAnchor ? "anchor" : verdict, ...(isTarget ? ["target"] : [])].join(" ");
  const name = isAnchor ? `${id} · anchor` : String(id);
  const score = verdict === "unknown" ? "unknown" : `score ${printed.score}`;
  const flows = `+${share(node.support)} −${share(node.opposition)}`;
  const words = `${id}, ${verdict}: for ${printed.support}, against ${printed.opposition}, score ${printed.score}`;
  return [
    `<g class="node"><title>${escaped(words)}</title>`,
    `<rect class="${classes}" x="${left}" y="${top}" width="${NODE.width}" height="${NODE.height}" rx="8"/>`,
    `<text class="id" x="${x}" y="${y - 10}" text-anchor="middle">${escaped(name)}</text>`,
    `<text class="small" x="${x}" y="${y + 5}" text-anchor="middle">${escaped(score)}</text>`,
    `<text class="small" x="${x}" y="${y + 19}" text-anchor="middle">${escaped(flows)}</text></g>`,
  ].join("");
}

/** A share of all trust, short enough for a box. */
function share(value: number): string {
  if (value === 0) return "0 %";
  return value < 0.0001 ? "<0.01 %" : `${(100 * value).toFixed(2)} %`;
}

function legend(height: number): string[] {
  const y = height + 22;
  const entry = (x: number, kind: string, words: string) =>
    `<path class="edge ${kind}" d="M${x} ${y}h34" stroke-width="3" marker-end="url(#head-${kind})"/><text class="small" x="${x + 44}" y="${y + 4}">${words}</text>`;
  return [
    entry(24, "for", "vouches"),
    entry(140, "against", "warns"),
    entry(250, "muted", "does not count"),
    `<text class="small" x="24" y="${y + 30}">The wider, the more flows. In each box: what flows for it (+) and against it (−), of all the anchors' trust.</text>`,
  ];
}
