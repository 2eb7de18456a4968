import { call } from "viem/actions";
import { addressOf, idOf } from "../check/arguments.ts";
import { toProfile } from "../codecs/answers.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import type { RequirementFacts } from "../requirements/evaluateRequirement.ts";
import { at } from "../rpc/at.ts";
import { attempt } from "../rpc/attempt.ts";
import { explain } from "../rpc/explain.ts";
import { onRightChain } from "../rpc/rightChain.ts";
import { ungathered } from "../rpc/ungathered.ts";
import type { AnyClient } from "../types/client.ts";
import type { Requirement } from "../types/gate.ts";
import type { ReadParameters } from "../types/parameters.ts";
import type { ProfileTarget } from "../types/reader.ts";
import { decodeInquiry, encodeInquiry, MOST_VOUCHERS } from "./inquiry.ts";

/** After a node refused, so many others are asked in other ways before it is tried again: it may have been the load. */
const PAUSE = 64;

/** By client, how many are still asked in other ways. */
const pauses = new WeakMap<AnyClient, number>();

/**
 * All that a requirement asks about an identity, in one request and so of one block. Undefined where the node does not run
 * code that is not deployed, where no registry answers, and where more is asked than fits: other reads then say what is so.
 */
export async function readRequirementFacts(
  client: AnyClient,
  parameters: ReadParameters & ProfileTarget & { requirement: Requirement },
): Promise<RequirementFacts | undefined> {
  const { id, address, addresses } = parameters;
  const target = address === undefined ? { id: idOf(id as number) } : { key: addressOf(address) };
  const vouchRegistry = getRegistryAddress(client, "vouchRegistry", addresses);
  const anchors = anchorsOf(parameters.requirement);
  if (anchors.length > MOST_VOUCHERS || isPaused(client)) return undefined;
  const data = encodeInquiry({ vouchRegistry, target, voucherIds: anchors.map((anchor) => idOf(anchor, "anchors")) });
  // Two of anything: made once, and repeated only where nobody answered.
  const asking = attempt(ungathered(client), 2, (patient) => call(patient, { ...at(parameters), data }));
  const outcome = await onRightChain(client, explain(client, asking));
  const found = "answer" in outcome ? decodeInquiry(outcome.answer.data, anchors.length) : undefined;
  if (found === undefined) {
    // What is missing in the past says nothing about now.
    if (parameters.blockNumber === undefined) pauses.set(client, PAUSE);
    return undefined;
  }
  const profile = toProfile(found.profile, id ?? 0);
  const vouches = found.stakes.map((stake, index) => {
    return { ...stake, voucherId: anchors[index] as number, subjectId: profile.id };
  });
  return { profile, time: found.time, vouches, walletSince: found.since };
}

function anchorsOf({ anchors = [], minAnchors = 0, anchorWarningLimit = 0 }: Requirement): number[] {
  return minAnchors === 0 && anchorWarningLimit === 0 ? [] : [...new Set(anchors)];
}

function isPaused(client: AnyClient): boolean {
  const left = pauses.get(client) ?? 0;
  if (left > 0) pauses.set(client, left - 1);
  return left > 0;
}
