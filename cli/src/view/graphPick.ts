// Which part of a web of trust a picture shows.
import { type Explanation, explain, listIdentities, type Trust, type TrustLine } from "@tenure/sdk/trust";

/** One identity of the picture. */
export type PictureNode = Omit<Explanation, "lines"> & { isAnchor: boolean; isTarget: boolean };

/** One vouch or warning of the picture. */
export type PictureEdge = Pick<TrustLine, "voucherId" | "stance" | "flow" | "stake" | "muted"> & {
  subjectId: number;
  printedFlow: string;
};

export type Picture = { nodes: PictureNode[]; edges: PictureEdge[] };

/**
 * The target, those over whom most flows to it or against it, and the anchors; without a target those about whom most is
 * said. At most so many, but all anchors that there is room for.
 */
export function pick(trust: Trust, target: number | undefined, most: number): Picture {
  const known = new Map<number, Explanation>();
  const read = (id: number) => {
    const explanation = known.get(id) ?? explain(trust, id);
    known.set(id, explanation);
    return explanation;
  };
  const anchors = trust.anchors.map(({ id }) => id);
  const chosen = new Set(target === undefined ? [] : [target]);
  if (target !== undefined) follow(read, chosen, most - Math.min(anchors.length, Math.floor(most / 2)));
  for (const id of anchors) if (chosen.size < most) chosen.add(id);
  if (target === undefined) {
    const weight = ({ trust: value, opposition }: Explanation) => value + opposition;
    const others = listIdentities(trust.graph).map(({ id }) => read(id));
    others.sort((a, b) => weight(b) - weight(a) || a.id - b.id);
    for (const other of others) if (chosen.size < most && weight(other) > 0) chosen.add(other.id);
  }
  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  for (const id of [...chosen].sort((a, b) => a - b)) {
    const { lines, ...node } = read(id);
    nodes.push({ ...node, isAnchor: anchors.includes(id), isTarget: id === target });
    for (const { voucherId, stance, flow, stake, muted, printed } of lines) {
      if (!chosen.has(voucherId)) continue;
      edges.push({ voucherId, subjectId: id, stance, flow, stake, muted, printedFlow: printed.flow });
    }
  }
  return { nodes, edges };
}

/** Takes in the voucher over whom most flows to those that were chosen, again and again. */
function follow(read: (id: number) => Explanation, chosen: Set<number>, most: number): void {
  const open = new Map<number, number>();
  const offer = (id: number) => {
    for (const { voucherId, flow } of read(id).lines) {
      if (!chosen.has(voucherId)) open.set(voucherId, Math.max(flow, open.get(voucherId) ?? 0));
    }
  };
  for (const id of chosen) offer(id);
  while (chosen.size < most && open.size > 0) {
    const [[next = 0] = []] = [...open].sort(([a, flowA], [b, flowB]) => flowB - flowA || a - b);
    open.delete(next);
    chosen.add(next);
    offer(next);
  }
}
