import { type Address, type Hex, keccak256 } from "viem";
import { call, getBlock, getCode } from "viem/actions";
import { delegationRegistryAbi } from "../abi/delegationRegistry.ts";
import { RegistryNotDeployedError } from "../errors/arguments.ts";
import { ForeignDelegationRegistryError } from "../errors/delegation.ts";
import { at } from "../rpc/at.ts";
import { attempt } from "../rpc/attempt.ts";
import { explain } from "../rpc/explain.ts";
import { readView } from "../rpc/readView.ts";
import { onRightChain } from "../rpc/rightChain.ts";
import { ungathered } from "../rpc/ungathered.ts";
import type { AnyClient } from "../types/client.ts";
import type { DelegationStatus, GrantReference } from "../types/delegation.ts";
import {
  type DelegationFinding,
  decodeDelegationProgram,
  encodeDelegationProgram,
  LARGEST_EPOCH,
} from "./delegationProgram.ts";

/** What is asked, of which registry, which has to have which code, at which block. */
type Question = {
  registry: Address;
  /** In lower case. */
  expected: Hex;
  grants: readonly GrantReference[];
  blockNumber: bigint | undefined;
};

/**
 * What the registry says of grants, all of one block: in one request, or in one for each where the node does not run code
 * that is not deployed, or the registry answers otherwise than registries do. Then the views say what is so. Other code than
 * expected is refused, whatever it says.
 */
export async function readDelegations(client: AnyClient, question: Question): Promise<DelegationFinding> {
  const { registry, grants } = question;
  const data = encodeDelegationProgram(registry, grants);
  // Two of anything: made once, and repeated only where nobody answered.
  const asking = attempt(ungathered(client), 2, (patient) => call(patient, { ...at(question), data }));
  const outcome = await onRightChain(client, explain(client, asking));
  const found = "answer" in outcome ? decodeDelegationProgram(outcome.answer.data, grants.length) : undefined;
  if (found === undefined) return readEach(client, question);
  requireCode(question, found.codeHash);
  return found;
}

function requireCode({ registry: address, expected }: Question, codeHash: Hex): void {
  if (codeHash !== expected) throw new ForeignDelegationRegistryError({ address, codeHash, expected });
}

async function readEach(client: AnyClient, question: Question): Promise<DelegationFinding> {
  const { registry: address, grants } = question;
  const { number, timestamp } = await explain(client, getBlock(client, at(question)));
  const code = await explain(client, getCode(client, { address, blockNumber: number }));
  const codeHash = keccak256(code ?? "0x");
  // Before the views: other code says what nobody can read. That nothing is there, they say.
  if (code !== undefined) requireCode(question, codeHash);
  const statuses: DelegationStatus[] = [];
  for (const { issuer, handle } of grants) {
    const [isRevoked, epoch] = await readView(client, {
      ...{ address, abi: delegationRegistryAbi, functionName: "status", args: [issuer, handle] },
      blockNumber: number,
    });
    // viem takes a number of any width for one of 64 bits.
    if (epoch > LARGEST_EPOCH) throw new RegistryNotDeployedError({ address });
    statuses.push({ isRevoked, epoch });
  }
  return { block: { number, timestamp: Number(timestamp) }, codeHash, statuses };
}
