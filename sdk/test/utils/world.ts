import { deployRegistries, shortParameters, tenurePublicActions, tenureWalletActions } from "../../src/index.ts";
import { connect, startChain } from "./localChain.ts";

/** A test account with everything: viem's actions and Tenure's. */
export type Member = ReturnType<typeof member>;

/** A chain with the registries, behind HTTP, and test accounts on it. */
export interface World {
  url: string;
  port: number;
  /** Accounts 0 to 5. The first deployed the registries. */
  members: readonly [Member, Member, Member, Member, Member, Member];
  /** Lets time pass, and mines a block. */
  wait: (seconds: number) => Promise<void>;
  /** Lets half an hour pass and has these check in, which earns each 30 points. */
  earn: (...agents: Member[]) => Promise<void>;
  /** The chain's time. */
  now: () => Promise<number>;
  /** Makes now the moment to which `reset` goes back. */
  mark: () => Promise<void>;
  /** Goes back to how the world was when it opened, or at the last mark. */
  reset: () => Promise<void>;
  close: () => Promise<void>;
}

function member(url: string, account: number) {
  return connect(url, account).extend(tenurePublicActions()).extend(tenureWalletActions());
}

export async function openWorld(wantedPort?: number, start: typeof startChain = startChain): Promise<World> {
  const { url, port, close } = await start(wantedPort);
  const members = [0, 1, 2, 3, 4, 5].map((account) => member(url, account)) as unknown as World["members"];
  const [deployer] = members;
  await deployRegistries(deployer, { parameters: shortParameters });
  let id = await deployer.snapshot();
  const wait = async (seconds: number) => {
    await deployer.increaseTime({ seconds });
    await deployer.mine({ blocks: 1 });
  };
  return {
    url,
    port,
    members,
    wait,
    earn: async (...agents) => {
      await wait(shortParameters.maxSilence);
      for (const agent of agents) {
        const { id } = await agent.resolveKey({ address: agent.account.address });
        if (id !== undefined) await agent.pulseSync({ id });
      }
    },
    now: async () => Number((await deployer.getBlock()).timestamp),
    mark: async () => {
      id = await deployer.snapshot();
    },
    reset: async () => {
      await deployer.revert({ id });
      id = await deployer.snapshot();
    },
    close,
  };
}
