import { getHistory, getVouch, getVouchers, type Vouch, watchEvents } from "@tenure/sdk";
import { EDGES, IDENTITIES, SUBJECT, VOUCHES } from "./crowd.ts";
import { meter, type Reading } from "./meter.ts";

/** A registration, its owner and a check-in; for a vouch one event. */
export const EVENTS = IDENTITIES * 3 + VOUCHES;

/** Walks those who vouch for one subject, and what happened to it and to all. */
export async function readEdges(url: string): Promise<Reading[]> {
  const { connect, measure } = meter(url);
  const voucherIds = Array.from({ length: EDGES }, (_, index) => index + 2);
  const isRight = (found: readonly Vouch[]) =>
    found.length === EDGES &&
    new Set(found.map(({ voucherId }) => voucherId)).size === EDGES &&
    found.every(({ subjectId, isActive }) => subjectId === SUBJECT && isActive);
  const plain = connect();
  const pair = (client: typeof plain, voucherId: number) => getVouch(client, { voucherId, subjectId: SUBJECT });
  const walk = async (pageSize?: number) => {
    const found: Vouch[] = [];
    for await (const vouch of getVouchers(plain, { id: SUBJECT, pageSize })) found.push(vouch);
    return isRight(found);
  };
  return [
    await measure("getVouch, one by one, who they are being known", async () => {
      const found: Vouch[] = [];
      for (const voucherId of voucherIds) found.push(await pair(plain, voucherId));
      return isRight(found);
    }),
    await measure("the same in viem's multicall, without deployment", async () => {
      const client = connect({}, { multicall: { deployless: true } });
      return isRight(await Promise.all(voucherIds.map((voucherId) => pair(client, voucherId))));
    }),
    await measure("getVouchers", () => walk()),
    await measure("getVouchers, pages of 1,000", () => walk(1_000)),
    await measure("getHistory", async () => {
      const history = await getHistory(plain, { id: SUBJECT });
      return history.filter(({ eventName }) => eventName === "Vouched").length === EDGES;
    }),
    await measure(`watchEvents of all from the beginning, ${EVENTS.toLocaleString("en-US")} events`, async () => {
      let count = 0;
      for await (const _ of watchEvents(plain, { fromBlock: 0n, pollingInterval: 10 })) {
        count += 1;
        if (count === EVENTS) return true;
      }
      return false;
    }),
  ];
}
