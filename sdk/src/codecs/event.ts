import { type Abi, type ContractEventName, decodeEventLog, type GetEventArgs, type Hex, toEventSelector } from "viem";
import { agentLinksAbi } from "../abi/agentLinks.ts";
import { identityRegistryAbi } from "../abi/identityRegistry.ts";
import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import type { EventContent } from "../types/event.ts";
import type { ChangeKind } from "../types/identity.ts";
import { unlessZero } from "./answers.ts";
import { decodeEdge } from "./edge.ts";
import { decodeChangeKind } from "./enums.ts";
import { noncesOf } from "./nonces.ts";

type Abis = typeof identityRegistryAbi | typeof vouchRegistryAbi | typeof agentLinksAbi;
type Args<name extends string> = GetEventArgs<
  Abis,
  name & ContractEventName<Abis>,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>;
type Decoders = {
  [name in EventContent["eventName"]]: (
    args: Args<name>,
  ) => Omit<Extract<EventContent, { eventName: name }>, "eventName">;
};

const decoders: Decoders = {
  Registered: ({ agentId, agentURI, owner }) => ({ id: Number(agentId), agentURI, owner }),
  Pulse: ({ agentId, checkpoint }) => ({ id: Number(agentId), checkpoint }),
  URIUpdated: ({ agentId, newURI, updatedBy }) => ({ id: Number(agentId), agentURI: newURI, by: updatedBy }),
  MetadataSet: ({ agentId, metadataKey, metadataValue }) => ({
    id: Number(agentId),
    key: metadataKey,
    value: metadataValue,
  }),
  KeyRotated: ({ agentId, oldOwner, newOwner, keyEpoch }) => ({ id: Number(agentId), oldOwner, newOwner, keyEpoch }),
  GuardianSet: ({ agentId, oldGuardian, newGuardian }) => ({
    id: Number(agentId),
    oldGuardian: unlessZero(oldGuardian),
    newGuardian: unlessZero(newGuardian),
  }),
  ChangeProposed: ({ agentId, kind, candidate, readyAt }) => ({
    id: Number(agentId),
    kind: changeOf(kind),
    candidate: unlessZero(candidate),
    readyAt,
  }),
  ChangeCancelled: ({ agentId, kind, by }) => ({ id: Number(agentId), kind: changeOf(kind), by }),
  Suspended: ({ agentId, by }) => ({ id: Number(agentId), by }),
  Resumed: ({ agentId, by }) => ({ id: Number(agentId), by }),
  Retired: ({ agentId }) => ({ id: Number(agentId) }),
  Approval: ({ tokenId, owner, approved }) => ({ id: Number(tokenId), owner, approved: unlessZero(approved) }),
  ApprovalForAll: ({ owner, operator, approved }) => ({ owner, operator, approved }),
  OwnerProven: ({ agentId, owner }) => ({ id: Number(agentId), owner }),
  ArbitrationSet: ({ agentId, isOpen }) => ({ id: Number(agentId), isOpen }),
  NoncesInvalidated: ({ owner, word, mask }) => ({ owner, nonces: noncesOf(word, mask) }),
  Vouched: ({ topic, evidence, ...args }) => ({ ...edgeOf(args), topic, evidence }),
  Warned: ({ topic, evidence, ...args }) => ({ ...edgeOf(args), topic, evidence }),
  Renewed: (args) => edgeOf(args),
  Revoked: (args) => edgeOf(args),
  Disowned: (args) => edgeOf(args),
  Burned: ({ amount, evidence, ...args }) => ({ ...edgeOf(args), amount: Number(amount), evidence }),
  AgentLinked: ({ id, registry, agentId, tokenOwner, keyEpoch, throughWallet }) => ({
    id: Number(id),
    agentRegistry: registry,
    agentId,
    tokenOwner,
    keyEpoch,
    throughWallet,
  }),
  AgentUnlinked: ({ id, registry, agentId }) => ({ id: Number(id), agentRegistry: registry, agentId }),
};

const eventsAbi: Abi = /*#__PURE__*/ [...identityRegistryAbi, ...vouchRegistryAbi, ...agentLinksAbi].filter(
  (item) => item.type === "event" && item.name in decoders,
);

/** Which place of the topics holds which identity; the selector is at 0. */
type Places = { id: Hex[]; voucher: Hex[]; subject: Hex[]; token: Hex[]; other: Hex[] };

/** First topics of the events that are decoded, by the place in which they name an identity. */
export function eventSelectors(): Places {
  const places: Places = { id: [], voucher: [], subject: [], token: [], other: [] };
  for (const item of eventsAbi) {
    if (item.type !== "event") continue;
    const selector = toEventSelector(item);
    const [first, second, third] = item.inputs.map(({ name }) => name);
    if (first === "agentId" || first === "id") places.id.push(selector);
    else if (first === "voucherId" && second === "subjectId") {
      places.voucher.push(selector);
      places.subject.push(selector);
    } else if (third === "tokenId") places.token.push(selector);
    else places.other.push(selector);
  }
  return places;
}

/**
 * Decodes a log of a registry into what it says.
 *
 * @param log - The log's topics and data; make sure yourself that a registry wrote it.
 * @returns The event; undefined for one that is none, or only the echo of one.
 *
 * @example
 * const event = decodeEvent(log);
 * if (event?.eventName === "Vouched") console.log(event.edge.stake);
 */
export function decodeEvent(log: { topics: readonly Hex[]; data: Hex }): EventContent | undefined {
  try {
    const topics = log.topics as [Hex, ...Hex[]];
    const { eventName, args } = decodeEventLog({ abi: eventsAbi, topics, data: log.data });
    const decode = (decoders as Record<string, ((args: never) => object) | undefined>)[eventName ?? ""];
    return decode && ({ eventName, ...decode(args as never) } as unknown as EventContent);
  } catch {
    return undefined;
  }
}

function edgeOf({ voucherId, subjectId, edge }: { voucherId: bigint; subjectId: bigint; edge: bigint }) {
  return { voucherId: Number(voucherId), subjectId: Number(subjectId), edge: decodeEdge(edge) };
}

/** A change that is proposed or cancelled is one of some kind. */
function changeOf(kind: number): ChangeKind {
  return decodeChangeKind(kind) as ChangeKind;
}
