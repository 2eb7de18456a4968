import { type Kind, newAgent, newFarm } from "./actors.ts";
import { Ledger } from "./figures.ts";
import { openWorld } from "./protocol.ts";

/** Identities of a farm: as many as fit into one transaction. */
const COUNT = 36;

/** What an identity costs, and a month of its life. */
export async function measureIdentities() {
  const world = await openWorld();
  const ledger = new Ledger("identity");

  const plain = await newAgent(world);
  const operator = await world.newKey();
  const approving = await world.send(plain.key, world.registry.identities, world.calls.approveForAll(operator.address));
  const check = await plain.act(world.calls.pulse());
  ledger.add("plain", "by a plain key", "gas", plain.gas);
  ledger.add("plainApproving", "by a plain key, which then makes another its operator", "gas", plain.gas + approving);
  ledger.add("plainPulse", "a month more of a plain key: one check-in", "gas", check);

  const farms: [id: string, name: string, Kind][] = [
    ["full", "by a contract with code of its own, in its constructor", { isShared: false, isApproving: true }],
    ["shared", "by a minimal proxy (ERC-1167)", { isShared: true, isApproving: true }],
    ["bare", "by a minimal proxy that makes nobody its operator", { isShared: true, isApproving: false }],
  ];
  for (const [id, name, kind] of farms) {
    const farm = await newFarm(world, COUNT, kind);
    ledger.add(
      id,
      name,
      "gas",
      farm.gas / COUNT,
      `a ${COUNT}th of one transaction; ${farm.codeBytes} bytes of code each`,
    );
    const way = kind.isApproving ? "as their operator" : "through the contracts";
    if (id !== "full") {
      const pulses = await farm.checkIn(world.calls.pulse());
      ledger.add(`${id}Pulse`, `a month more of one of a farm, ${way}`, "gas", pulses / COUNT);
    }
    if (id === "bare") ledger.add("farm", "the farm's own contract, once", "gas", farm.deployed);
  }
  return ledger.figures;
}
