import { decodeEdge, type Vouch } from "@tenure/sdk";
import type { Queries } from "../../database/index.ts";
import type { CellName } from "../apply/cells.ts";
import { cellOf } from "../store/cells.ts";
import { vouchOf } from "./facts.ts";
import { type Moment, readCellsAt } from "./moment.ts";

/** Whose list: that of a subject, or of a voucher. */
export type ListSide = "subject" | "voucher";

/**
 * A page of a list, the newest first, as the registry links them.
 *
 * @param from Where to go on, as the page before said; the beginning where left out.
 */
export async function readEdges(
  queries: Queries,
  moment: Moment,
  side: ListSide,
  id: number,
  from: number | undefined,
  limit: number,
): Promise<{ page: Vouch[]; next: number | undefined }> {
  // Made after the block is what is numbered from the next block on.
  const end = from ?? (Number(moment.block.number) + 1) * 1_000_000;
  const rows = await queries.all<{ voucher: number; subject: number; made: number }>(
    `select voucher, subject, made from index_edge where chain = $1 and ${side} = $2 and made < $3
      order by made desc limit $4`,
    [moment.chain, id, end, limit],
  );
  const pairs = rows.map(({ voucher, subject }): CellName => ["edge", voucher, subject]);
  const edges = await readCellsAt(queries, moment, pairs);
  const identities = rows.flatMap(({ voucher, subject }): CellName[] => {
    const { arbiterId } = decodeEdge(cellOf(edges, "edge", voucher, subject)?.word ?? 0n);
    const ids = arbiterId === undefined ? [voucher, subject] : [voucher, subject, arbiterId];
    return ids.map((one) => ["identity", one]);
  });
  const values = await readCellsAt(queries, moment, identities);
  const page = rows.map(({ voucher, subject }) => {
    const edge = cellOf(edges, "edge", voucher, subject)?.word;
    const arbiterId = decodeEdge(edge ?? 0n).arbiterId;
    const words = {
      edge,
      voucher: cellOf(values, "identity", voucher),
      subject: cellOf(values, "identity", subject),
      arbiter: arbiterId === undefined ? undefined : cellOf(values, "identity", arbiterId),
    };
    return vouchOf(voucher, subject, words, moment);
  });
  return { page, next: rows.length < limit ? undefined : rows.at(-1)?.made };
}
