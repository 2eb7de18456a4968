// Where each identity of a picture is: in columns by how far it is from the anchors, so that no two can overlap.
import type { Picture, PictureEdge, PictureNode } from "./graphPick.ts";

export const NODE = { width: 132, height: 54 };
const GAP = { x: 96, y: 14 };
const MARGIN = 24;
/** Above that many in a column, another one is begun beside it. */
const MOST_ROWS = 14;
const ROUNDS = 8;

export type Placed = PictureNode & { x: number; y: number; column: number };
export type Layout = { width: number; height: number; nodes: Placed[]; edges: PictureEdge[] };

/** Places the middle of each identity. */
export function layout({ nodes, edges }: Picture): Layout {
  const columns = columnsOf(nodes, edges);
  arrange(columns, edges);
  const rows = Math.max(1, ...columns.map(({ length }) => length));
  const height = 2 * MARGIN + rows * NODE.height + (rows - 1) * GAP.y;
  const width = 2 * MARGIN + columns.length * NODE.width + Math.max(0, columns.length - 1) * GAP.x;
  const placed = columns.flatMap((members, column) =>
    members.map((node, row) => ({
      ...node,
      column,
      x: MARGIN + NODE.width / 2 + column * (NODE.width + GAP.x),
      y: height / 2 + (row - (members.length - 1) / 2) * (NODE.height + GAP.y),
    })),
  );
  return { width, height, nodes: placed, edges };
}

/** By the fewest steps over vouches from an anchor; those that none reaches come last. */
function columnsOf(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): PictureNode[][] {
  const steps = new Map(nodes.filter(({ isAnchor }) => isAnchor).map(({ id }) => [id, 0]));
  for (let round = 0, isNew = true; isNew; round++) {
    isNew = false;
    for (const { voucherId, subjectId, flow, stance } of edges) {
      if (stance === "against" || flow === 0 || steps.get(voucherId) !== round || steps.has(subjectId)) continue;
      steps.set(subjectId, round + 1);
      isNew = true;
    }
  }
  const last = Math.max(0, ...steps.values()) + 1;
  const columns: PictureNode[][] = [];
  for (let step = 0; step <= last; step++) {
    const members = nodes.filter(({ id }) => (steps.get(id) ?? last) === step);
    const parts = Math.ceil(members.length / MOST_ROWS);
    const size = Math.ceil(members.length / Math.max(1, parts));
    for (let part = 0; part < parts; part++) columns.push(members.slice(part * size, (part + 1) * size));
  }
  return columns;
}

/** Puts everybody near those with whom it has to do. */
function arrange(columns: PictureNode[][], edges: readonly PictureEdge[]): void {
  const neighbours = new Map<number, number[]>();
  const join = (a: number, b: number) => neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
  for (const { voucherId, subjectId } of edges) {
    join(voucherId, subjectId);
    join(subjectId, voucherId);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const heights = new Map<number, number>();
    for (const members of columns) {
      for (const [row, { id }] of members.entries()) heights.set(id, row - (members.length - 1) / 2);
    }
    const middle = ({ id }: PictureNode) => {
      const around = neighbours.get(id) ?? [];
      const sum = around.reduce((total, other) => total + (heights.get(other) ?? 0), 0);
      return around.length === 0 ? 0 : sum / around.length;
    };
    for (const members of columns) {
      const wanted = new Map(members.map((node) => [node.id, middle(node)]));
      members.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0) || a.id - b.id);
    }
  }
}
