import { newAgent, ripen } from "./actors.ts";
import { Ledger } from "./figures.ts";
import { judge, openWorld } from "./protocol.ts";

/** How far the gas of an action depends on what others did before. */
export async function measureOthers() {
  const ledger = new Ledger("others");
  const world = await openWorld();
  const subject = await newAgent(world);
  const unknown = await newAgent(world);
  const voucher = await newAgent(world);
  const critic = await newAgent(world);
  await ripen(world, voucher, 10);
  await critic.act(world.calls.pulse());
  await critic.act(world.calls.vouch(subject.firstId, 1));
  await voucher.act(world.calls.vouch(critic.firstId, 1));

  const later = await voucher.act(world.calls.vouch(subject.firstId, 1));
  const first = await voucher.act(world.calls.vouch(unknown.firstId, 1));
  ledger.add("vouchFirst", "a vouch for somebody for whom nobody ever staked", "gas", first);
  ledger.add("vouchLater", "a vouch for somebody else", "gas", later);

  const board = await world.deployBoard([voucher.firstId]);
  const gate = judge(board);
  const demand = await gate.ownDemand();
  const ask = async () => world.viewGas(...(await gate.question(demand, subject.firstId)));
  ledger.add("askFirst", "asking the example GatedBoard about somebody never warned about", "gas to read", await ask());
  const other = await newAgent(world);
  await ripen(world, other, 1);
  await other.act(world.calls.warn(subject.firstId, 1));
  ledger.add("askLater", "the same after a warning", "gas to read", await ask());
  return ledger.figures;
}
