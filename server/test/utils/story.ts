// Random programs of everything that can happen to the registries, on a chain of this process, that can be taken back.

import type { RegistryAddresses } from "@tenure/sdk";
import { createClient, custom, getAddress, type Hex } from "viem";
import { hardhat } from "viem/chains";
import { listening } from "../../../sdk/test/utils/relay.ts";
import { Comparison } from "../../../verification/model/comparison.ts";
import { open } from "../../../verification/model/opening.ts";
import { Play } from "../../../verification/model/play.ts";
import { nextAction } from "../../../verification/model/program/author.ts";
import { Chance } from "../../../verification/model/program/chance.ts";
import { nextMoment } from "../../../verification/model/program/clock.ts";
import { scenarios } from "../../../verification/model/scenarios.ts";

export type ScenarioName = keyof typeof scenarios;

/** A program under way. */
export type Story = Awaited<ReturnType<typeof openStory>>;

/** The registries on a chain without anything else; each story begins there anew. */
export async function openStory(scenario: ScenarioName, seed: number) {
  const opening = await open(scenarios[scenario], seed, {}, ({ rule }) => rule);
  const { chain } = opening;
  let { play } = opening;
  const chance = new Chance(seed);
  const address = (name: string) => getAddress(chain.addresses[name as keyof typeof chain.addresses]);
  const addresses: RegistryAddresses = {
    identityRegistry: address("identities"),
    vouchRegistry: address("vouches"),
    registryLens: address("lens"),
    delegationRegistry: address("delegations"),
  };
  const request = (asked: { method: string; params?: unknown }) => chain.provider.request(asked as never);
  const client = createClient({
    chain: hardhat,
    transport: custom({ request }, { retryCount: 0 }),
    pollingInterval: 10,
    cacheTime: 0,
  });

  /** Does so many things that the registries do not refuse. */
  async function act(count: number): Promise<void> {
    for (let done = 0; done < count; ) {
      const { scene } = play;
      scene.chance = new Chance(Number(chance.between(0n, 2n ** 31n - 1n)));
      const now = nextMoment(scene);
      if (now === undefined) return;
      scene.state = { ...scene.state, now };
      const action = nextAction(scene);
      if (play.isRefused(action)) continue;
      await play.send(action);
      done += 1;
    }
  }

  return {
    client,
    addresses,
    name: { chainId: hardhat.id, ...addresses },
    act,
    /** Puts the chain behind HTTP, for other processes. */
    listen: async () =>
      listening(async (incoming, outgoing) => {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk as Buffer);
        const asked = JSON.parse(Buffer.concat(chunks).toString());
        const answer = await request(asked).then(
          (result) => ({ result }),
          ({ code, message, data }) => ({ error: { code: code ?? -32_000, message, data } }),
        );
        outgoing.writeHead(200, { "content-type": "application/json" });
        outgoing.end(JSON.stringify({ jsonrpc: "2.0", id: asked.id, ...answer }));
      }),
    /** Mines blocks in which nothing happens. */
    mine: (blocks: number) => request({ method: "hardhat_mine", params: [`0x${blocks.toString(16)}` as Hex] }),
    /** Everybody who has appeared so far. */
    actors: () => play.scene.actors.map(({ address }) => getAddress(address)),
    /** How many identities there are. */
    count: () => play.scene.state.agents.length,
    /** Remembers where the story is. What is returned takes it back to there, once; what comes then is another story. */
    remember: async () => {
      const back = await chain.snapshot();
      const scene = play.scene.fork();
      return async () => {
        await back();
        play = new Play(scene.fork(), chain, new Comparison(chain), ({ rule }) => rule);
      };
    },
  };
}
