// The two ways to read profiles without a lens: from the registries' own views, together or one by one.
import { type Address, type ContractFunctionParameters, zeroAddress } from "viem";
import { multicall, readContract } from "viem/actions";
import { registryLensAbi } from "../abi/registryLens.ts";
import type { RawProfile } from "../codecs/answers.ts";
import { at } from "../rpc/at.ts";
import type { AnyClient } from "../types/client.ts";
import type { Asked, Place, Rung } from "./rung.ts";

/** Where Multicall3 is, unless the client's chain says otherwise. */
const MULTICALL: Address = "0xcA11bde05977b3631167028862bE2a173976CA11";

type Call = ContractFunctionParameters<ReturnType<typeof viewsAbi>, "view">;
type Reader = (calls: readonly Call[]) => Promise<readonly unknown[]>;

export const multicallRung: Rung = {
  via: "multicall",
  most: 100,
  read: (client, place, asked) => {
    const { multicall3 } = client.chain?.contracts ?? {};
    const options = {
      allowFailure: false,
      multicallAddress: (multicall3 as { address: Address } | undefined)?.address ?? MULTICALL,
      // viem would cut the calls by their bytes, and send more than one request.
      batchSize: 0,
      ...at(place),
    } as const;
    return gather(
      client,
      place,
      asked,
      (contracts) => multicall(client, { ...options, contracts } as never) as Promise<readonly unknown[]>,
    );
  },
};

export const singleRung: Rung = {
  via: "single",
  // Three or four requests each, at once, and viem's batches take time that grows with their square.
  most: 16,
  read: (client, place, asked) =>
    gather(client, place, asked, (calls) =>
      Promise.all(calls.map((call) => readContract(client, { ...call, ...at(place) } as never))),
    ),
};

/** What the lens does, call by call. */
async function gather(client: AnyClient, place: Place, asked: Asked, read: Reader): Promise<readonly RawProfile[]> {
  const abi = viewsAbi();
  const { vouchRegistry } = place;
  place.known.identityRegistry ??= await readContract(client, {
    address: vouchRegistry,
    abi,
    functionName: "identities",
  });
  const identities = { address: place.known.identityRegistry, abi } as const;
  const vouches = { address: vouchRegistry, abi } as const;

  type Key = { key: Address; role: number; id: bigint };
  let keys: Key[];
  if (typeof asked[0] === "bigint") {
    keys = (asked as readonly bigint[]).map((id) => ({ key: zeroAddress, role: 0, id }));
  } else {
    const addresses = asked as readonly Address[];
    const roles = await read(
      addresses.map((key) => ({ ...identities, functionName: "resolve", args: [key] }) as const),
    );
    keys = (roles as [bigint, number, number][]).map(([id, role], index) => ({
      key: addresses[index] as Address,
      role,
      id,
    }));
  }
  const answers = await read(
    keys.flatMap(
      ({ id }) =>
        [
          { ...identities, functionName: "identityOf", args: [id] },
          { ...vouches, functionName: "standingOf", args: [id] },
          { ...vouches, functionName: "supportOf", args: [id] },
        ] as const,
    ),
  );
  return keys.map(({ key, role }, index) => {
    const [identity, [standing, staked, burned, free, scars], [support, opposition]] = answers.slice(index * 3) as [
      RawProfile["identity"],
      [bigint, bigint, bigint, bigint, bigint],
      [bigint, bigint],
    ];
    return { key, role, identity, standing: { standing, staked, burned, free, scars }, support, opposition };
  });
}

/** The views that a lens gathers, made of what it answers: the registries' whole ABIs would weigh more than the rest. */
function viewsAbi() {
  const [, { outputs }] = registryLensAbi;
  const [, role, identity, standing, support, opposition] = outputs[0].components;
  const view = { type: "function", stateMutability: "view" } as const;
  const id = [{ name: "agentId", type: "uint256" }] as const;
  const address = { name: "", type: "address" } as const;
  return [
    { ...view, name: "identities", inputs: [], outputs: [address] },
    { ...view, name: "resolve", inputs: [address], outputs: [...id, role, { name: "since", type: "uint40" }] },
    { ...view, name: "identityOf", inputs: id, outputs: [identity] },
    { ...view, name: "standingOf", inputs: id, outputs: standing.components },
    { ...view, name: "supportOf", inputs: id, outputs: [support, opposition] },
  ] as const;
}
