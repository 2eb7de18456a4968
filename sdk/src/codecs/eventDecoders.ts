// What each event of the registries says: one decoder an event, whoever reads it. They stand apart, so that a program which
// sends one kind of transaction does not carry them all.
import type { ContractEventName, GetEventArgs } from "viem";
import type { agentLinksAbi } from "../abi/agentLinks.ts";
import type { delegationRegistryAbi } from "../abi/delegationRegistry.ts";
import type { identityRegistryAbi } from "../abi/identityRegistry.ts";
import type { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
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

/** What an event of the registry of revocations carries: its `Revoked` is not that of vouches. */
type DelegationArgs<name extends ContractEventName<typeof delegationRegistryAbi>> = GetEventArgs<
  typeof delegationRegistryAbi,
  name,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>;

/** Makes what an event says of what it carries. */
type Decoder<name extends EventContent["eventName"], args = Args<name>> = (
  args: args,
) => Omit<Extract<EventContent, { eventName: name }>, "eventName">;

export const Registered: Decoder<"Registered"> = ({ agentId, agentURI, owner }) => ({
  id: Number(agentId),
  agentURI,
  owner,
});

export const Pulse: Decoder<"Pulse"> = ({ agentId, checkpoint }) => ({ id: Number(agentId), checkpoint });

export const URIUpdated: Decoder<"URIUpdated"> = ({ agentId, newURI, updatedBy }) => ({
  id: Number(agentId),
  agentURI: newURI,
  by: updatedBy,
});

export const MetadataSet: Decoder<"MetadataSet"> = ({ agentId, metadataKey, metadataValue }) => ({
  id: Number(agentId),
  key: metadataKey,
  value: metadataValue,
});

export const KeyRotated: Decoder<"KeyRotated"> = ({ agentId, oldOwner, newOwner, keyEpoch }) => ({
  id: Number(agentId),
  oldOwner,
  newOwner,
  keyEpoch,
});

export const GuardianSet: Decoder<"GuardianSet"> = ({ agentId, oldGuardian, newGuardian }) => ({
  id: Number(agentId),
  oldGuardian: unlessZero(oldGuardian),
  newGuardian: unlessZero(newGuardian),
});

export const ChangeProposed: Decoder<"ChangeProposed"> = ({ agentId, kind, candidate, readyAt }) => ({
  id: Number(agentId),
  kind: changeOf(kind),
  candidate: unlessZero(candidate),
  readyAt,
});

export const ChangeCancelled: Decoder<"ChangeCancelled"> = ({ agentId, kind, by }) => ({
  id: Number(agentId),
  kind: changeOf(kind),
  by,
});

export const Suspended: Decoder<"Suspended"> = ({ agentId, by }) => ({ id: Number(agentId), by });

export const Resumed: Decoder<"Resumed"> = ({ agentId, by }) => ({ id: Number(agentId), by });

export const Retired: Decoder<"Retired"> = ({ agentId }) => ({ id: Number(agentId) });

export const Approval: Decoder<"Approval"> = ({ tokenId, owner, approved }) => ({
  id: Number(tokenId),
  owner,
  approved: unlessZero(approved),
});

export const ApprovalForAll: Decoder<"ApprovalForAll"> = ({ owner, operator, approved }) => ({
  owner,
  operator,
  approved,
});

export const OwnerProven: Decoder<"OwnerProven"> = ({ agentId, owner }) => ({ id: Number(agentId), owner });

export const ArbitrationSet: Decoder<"ArbitrationSet"> = ({ agentId, isOpen }) => ({ id: Number(agentId), isOpen });

export const NoncesInvalidated: Decoder<"NoncesInvalidated"> = ({ owner, word, mask }) => ({
  owner,
  nonces: noncesOf(word, mask),
});

export const Vouched: Decoder<"Vouched"> = ({ topic, evidence, ...args }) => ({ ...edgeOf(args), topic, evidence });

export const Warned: Decoder<"Warned"> = ({ topic, evidence, ...args }) => ({ ...edgeOf(args), topic, evidence });

export const Renewed: Decoder<"Renewed"> = (args) => edgeOf(args);

export const Revoked: Decoder<"Revoked"> = (args) => edgeOf(args);

export const Disowned: Decoder<"Disowned"> = (args) => edgeOf(args);

export const Burned: Decoder<"Burned"> = ({ amount, evidence, ...args }) => ({
  ...edgeOf(args),
  amount: Number(amount),
  evidence,
});

export const AgentLinked: Decoder<"AgentLinked"> = ({
  id,
  registry,
  agentId,
  tokenOwner,
  keyEpoch,
  throughWallet,
}) => ({
  id: Number(id),
  agentRegistry: registry,
  agentId,
  tokenOwner,
  keyEpoch,
  throughWallet,
});

export const AgentUnlinked: Decoder<"AgentUnlinked"> = ({ id, registry, agentId }) => ({
  id: Number(id),
  agentRegistry: registry,
  agentId,
});

export const GrantRevoked: Decoder<"GrantRevoked", DelegationArgs<"Revoked">> = ({ issuer, id }) => ({
  issuer,
  handle: id,
});

export const EpochAdvanced: Decoder<"EpochAdvanced", DelegationArgs<"EpochAdvanced">> = ({ issuer, newEpoch }) => ({
  issuer,
  epoch: newEpoch,
});

function edgeOf({ voucherId, subjectId, edge }: { voucherId: bigint; subjectId: bigint; edge: bigint }) {
  return { voucherId: Number(voucherId), subjectId: Number(subjectId), edge: decodeEdge(edge) };
}

/** A change that is proposed or cancelled is one of some kind. */
function changeOf(kind: number): ChangeKind {
  return decodeChangeKind(kind) as ChangeKind;
}
