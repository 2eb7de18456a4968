// npm start: a local chain in this process, and the story of four agents on it.
import { deployRegistries, isTenureError, shortAddresses, shortParameters } from "@tenure/sdk";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { deployAgents } from "./story/agents.ts";
import { deployBoard } from "./story/board.ts";
import { accountAt, assemble, connect } from "./story/cast.ts";
import { type LocalChain, PortError, startChain } from "./story/chain.ts";
import { burn } from "./story/chapters/burn.ts";
import { gate } from "./story/chapters/gate.ts";
import { gateway } from "./story/chapters/gateway.ts";
import { register } from "./story/chapters/register.ts";
import { rotation } from "./story/chapters/rotation.ts";
import { sale } from "./story/chapters/sale.ts";
import { suspension } from "./story/chapters/suspension.ts";
import { vouches } from "./story/chapters/vouches.ts";
import { warning } from "./story/chapters/warning.ts";
import { weeks } from "./story/chapters/weeks.ts";
import { printFinale } from "./story/finale.ts";
import { interrupted } from "./story/interrupted.ts";
import { Narrator, WrongFactError } from "./story/narrator.ts";
import { type Platform, startPlatform } from "./story/platform.ts";

export interface StoryArguments {
  /** End after the story instead of keeping the chain up. */
  once: boolean;
  /** Where the chain listens, on 127.0.0.1, as it was typed. */
  port: string;
}

export default async function story({ once, port }: StoryArguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  const stopped = interrupted();
  let chain: LocalChain;
  try {
    chain = await startChain(hre, port);
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return fail(error.message);
  }
  let platform: Platform | undefined;
  try {
    // The registries come with the SDK; what others build on them is compiled here.
    const others = ["GatedBoard", "TransferableAgents"];
    const areThere = await Promise.all(others.map((name) => hre.artifacts.artifactExists(name)));
    if (areThere.includes(false)) console.error("story: compiling the contracts of others (once)");
    const files = others.map((name) => `contracts/examples/${name}.sol`);
    await hre.tasks.getTask("build").run({ quiet: true, files });
    // Hardhat remembers what there was when it was asked above.
    await hre.artifacts.clearCache();
    const board = await tell(hre, chain, async (start) => {
      platform = await start;
      return platform;
    });
    if (once || platform === undefined) return;
    printFinale(chain.url, board, platform);
    await stopped;
  } catch (error) {
    // An action that should have been accepted and was refused is no better than a wrong fact.
    if (!(error instanceof WrongFactError || isTenureError(error))) throw error;
    fail(isTenureError(error) ? error.shortMessage : error.message);
  } finally {
    await platform?.close();
    await chain.close();
  }
}

/** @param keep Keeps the platform, which is to be closed however the story ends. */
async function tell(
  hre: HardhatRuntimeEnvironment,
  { url }: LocalChain,
  keep: (platform: Promise<Platform>) => Promise<Platform>,
) {
  const narrator = new Narrator();
  const cast = assemble(url);
  narrator.title("Tenure: a story of four agents");
  narrator.pause();
  narrator.say(
    `Played with real transactions on a local chain at ${url}. Time is short here: what takes a day in production takes a ` +
      "minute.",
  );
  const { addresses } = await deployRegistries(cast.platform, { parameters: shortParameters });
  narrator.fact("the registries are where the address book says", addresses, shortAddresses);

  await register(cast, narrator);
  await weeks(cast, narrator);
  await vouches(cast, narrator);
  await warning(cast, narrator);
  await rotation(cast, narrator);
  await burn(cast, narrator);
  await suspension(cast, narrator);
  await sale(cast, narrator, await deployAgents(hre, cast.platform));
  const board = await deployBoard(hre, cast.platform, [cast.ada.id, cast.bo.id]);
  await gate(cast, narrator, board);
  const platform = await keep(startPlatform(cast.platform, [cast.ada.id, cast.bo.id]));
  await gateway(cast, connect(url, accountAt(8)), narrator, platform);
  narrator.title("Every fact above was read back from the chain.");
  return board;
}

function fail(why: string): void {
  console.error(`story: ${why}`);
  process.exitCode = 1;
}
