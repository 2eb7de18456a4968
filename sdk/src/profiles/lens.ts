// The three ways to have a lens answer: deployed, put in place for one call, deployed for one call.
import { type Address, concatHex, encodeAbiParameters, encodeFunctionData, type Hex, parseAbiParameters } from "viem";
import { type CallParameters, call } from "viem/actions";
import { registryLensAbi } from "../abi/registryLens.ts";
import { registryLensBytecode } from "../bytecode/registryLens.ts";
import type { RawProfile } from "../codecs/answers.ts";
import { decodeProfilesPage } from "../codecs/profilesPage.ts";
import { at } from "../rpc/at.ts";
import type { AnyClient } from "../types/client.ts";
import type { Asked, Place, Rung } from "./rung.ts";

/** About 1.6 MB of answer, and 40 million gas, which geth allows. */
const PAGE = 1_000;

/** Up to here the gas that every node gives a call is enough: 16.7 million (EIP-7825). */
const MODEST_PAGE = 250;

/** What a profile takes at most, with its share of a large page's memory. */
const PROFILE_GAS = 60_000;

/** A call without deployment answers at most 24,576 bytes, and a profile takes 800. */
const DEPLOYLESS_PAGE = 30;

/** Nobody's: it spells "tenure". */
const EMPTY_PLACE: Address = "0x000000000000000000000000000074656e757265";

export const lensRung: Rung = {
  via: "lens",
  most: PAGE,
  read: async (client, place, asked) =>
    place.lens === undefined ? undefined : ask(client, place, asked, { to: place.lens }),
};

export const overrideRung: Rung = {
  via: "override",
  most: PAGE,
  read: async (client, place, asked) => {
    // What its constructor answers: the code with the registries' addresses filled in.
    place.known.lensCode ??= (await call(client, { ...at(place), data: creationCode(place) })).data;
    const code = place.known.lensCode;
    return ask(client, place, asked, { to: EMPTY_PLACE, stateOverride: [{ address: EMPTY_PLACE, code }] });
  },
};

export const deploylessRung: Rung = {
  via: "deployless",
  most: DEPLOYLESS_PAGE,
  read: (client, place, asked) => ask(client, place, asked, { code: creationCode(place) }),
};

async function ask(
  client: AnyClient,
  place: Place,
  asked: Asked,
  target: Pick<CallParameters, "to" | "code" | "stateOverride">,
): Promise<readonly RawProfile[] | undefined> {
  const data =
    typeof asked[0] === "bigint"
      ? encodeFunctionData({ abi: registryLensAbi, functionName: "profiles", args: [asked as bigint[]] })
      : encodeFunctionData({ abi: registryLensAbi, functionName: "profilesOf", args: [asked as Address[]] });
  // A node's own idea may be what a block holds; one that allows less than it is asked for takes its own, or refuses.
  const gas = asked.length > MODEST_PAGE ? { gas: BigInt(asked.length * PROFILE_GAS) } : {};
  const { data: answer } = await call(client, {
    ...target,
    ...gas,
    ...at(place),
    data,
    batch: false,
  } as CallParameters);
  // No code is there: of the lens, or because the node does not know of overrides.
  if (answer === undefined) return undefined;
  return decodeProfilesPage(answer);
}

function creationCode({ vouchRegistry }: Place): Hex {
  return concatHex([registryLensBytecode, encodeAbiParameters(parseAbiParameters("address"), [vouchRegistry])]);
}
