import { honestNetwork, type Network } from "./network.ts";
import { measureOtc, OTC_GOALS, readOtc } from "./otc.ts";
import { type Figures, knownFigures, type NetworkFigures, seeds, trustMarkdown, writeTrust } from "./report.ts";
import { measureSlander } from "./slander.ts";
import { measureSpeed, type Speed } from "./speed.ts";
import { measureRivals, measureSybils } from "./sybils.ts";

/** Each with its own process; the second takes a minute and a gigabyte. */
const SIZES = { usual: [100_000, 1_000_000], large: [1_000_000, 10_000_000] } as const;

/**
 * Measures trust, and writes the committed tables where more than times has changed. What is not measured in this run
 * stays as it was.
 *
 * @returns What misses its goal, in words.
 */
export async function measureTrust(folder: URL, isLarge = false): Promise<string[]> {
  const known = await knownFigures(folder);
  const task = await readOtc(process.env.TENURE_BITCOIN_OTC);
  const figures: Figures = { seeds, networks: {}, speed: [] };
  const otc = task === undefined ? known?.otc : { files: task.files, rows: measureOtc(task) };
  if (otc !== undefined) figures.otc = otc;
  if (task !== undefined) figures.networks[task.network.name] = attacked(task.network);
  else if (known?.networks["Bitcoin OTC"] !== undefined)
    figures.networks["Bitcoin OTC"] = known.networks["Bitcoin OTC"];
  const honest = honestNetwork();
  figures.networks[honest.name] = attacked(honest);

  const large = isLarge
    ? measureSpeed(...SIZES.large)
    : known?.speed.find(({ identities }) => identities === SIZES.large[0]);
  figures.speed = [measureSpeed(...SIZES.usual), large].filter((speed): speed is Speed => speed !== undefined);
  console.log(trustMarkdown(figures));
  await writeTrust(figures, known, isLarge, folder);

  const flow = figures.otc?.rows.find(({ method }) => method === "flow");
  const missed: string[] = [];
  for (const goal of ["auc", "ap"] as const) {
    if (flow !== undefined && Number(flow[goal]) < OTC_GOALS[goal]) {
      missed.push(`Bitcoin OTC: ${goal.toUpperCase()} is ${flow[goal]}, but at least ${OTC_GOALS[goal]} was the goal`);
    }
  }
  for (const { edges, isWithinBound } of figures.speed) {
    if (!isWithinBound)
      missed.push(`${edges} edges: the trust that was kept current is further off than its bound says`);
  }
  return missed;
}

function attacked(network: Network): NetworkFigures {
  return { sybils: measureSybils(network), rivals: measureRivals(network), slander: measureSlander(network) };
}
