import { decodeFunctionResult, type Hex } from "viem";
import { registryLensAbi } from "../abi/registryLens.ts";
import type { RawProfile } from "./answers.ts";
import { WORD, WordReader } from "./wordReader.ts";

/** Words of a profile, all of them static: key, role, 16 of the identity, 5 of the standing, support and opposition. */
const PROFILE_WORDS = 25;

/** The offset of the list and its length come before its members. */
const HEAD_WORDS = 2;

/**
 * What `profiles` and `profilesOf` of a lens answer, the same as viem decodes it, in a fraction of the time: viem's decoder
 * walks the types anew for every member. Whatever is not exactly of this shape is left to viem, whose errors are known.
 */
export function decodeProfilesPage(data: Hex): readonly RawProfile[] {
  return decodeExactly(data) ?? decodeFunctionResult({ abi: registryLensAbi, functionName: "profiles", data });
}

function decodeExactly(data: Hex): RawProfile[] | undefined {
  const words = (data.length - 2) / WORD;
  const count = (words - HEAD_WORDS) / PROFILE_WORDS;
  if (!Number.isInteger(count) || count < 0) return undefined;
  const head = new WordReader(data, 2);
  if (head.number(52) !== WORD / 2 || head.number(52) !== count || !head.isExact) return undefined;
  const profiles: RawProfile[] = [];
  for (let index = 0; index < count; index++) {
    const member = new WordReader(data, 2 + (HEAD_WORDS + index * PROFILE_WORDS) * WORD);
    profiles.push(decodeProfile(member));
    if (!member.isExact) return undefined;
  }
  return profiles;
}

/** The order of the fields is the order of the words. */
function decodeProfile(words: WordReader): RawProfile {
  return {
    key: words.address(),
    role: words.number(8),
    identity: {
      id: words.bigint(),
      owner: words.address(),
      wallet: words.address(),
      guardian: words.address(),
      status: words.number(8),
      ownerKind: words.number(8),
      isDelegated: words.boolean(),
      isArbiter: words.boolean(),
      keyEpoch: words.number(8),
      keySince: words.number(40),
      firstSeen: words.number(40),
      lastSeen: words.number(40),
      tenure: words.number(40),
      pending: { kind: words.number(8), candidate: words.address(), readyAt: words.number(40) },
    },
    standing: {
      standing: words.bigint(),
      staked: words.bigint(),
      burned: words.bigint(),
      free: words.bigint(),
      scars: words.bigint(),
    },
    support: words.bigint(),
    opposition: words.bigint(),
  };
}
