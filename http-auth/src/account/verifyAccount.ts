import {
  type Address,
  bytesToHex,
  type Client,
  encodeDeployData,
  encodeFunctionData,
  type Hash,
  type Hex,
  isErc6492Signature,
  universalSignatureValidatorAbi,
  universalSignatureValidatorByteCode,
} from "viem";
import { callContract, codeOf, within } from "./ask.ts";
import { isSignedByKey } from "./isSignedByKey.ts";
import type { Recover } from "./recover.ts";

/** Whose signature of what is in question, and who may be asked. */
export interface Question {
  readonly client: Client;
  readonly address: Address;
  readonly hash: Hash;
  readonly signature: Uint8Array;
  /** The signer says that a key signed, so that nobody has to be asked. */
  readonly isByKey: boolean;
  /** Milliseconds that a node may take for each answer. */
  readonly timeout: number;
  /** Finds the key; viem where nothing is said. */
  readonly recover?: Recover | undefined;
}

/** `unavailable`: nobody could say. */
export type Verdict = "valid" | "invalid" | "unavailable";

const ERC1271_ABI = [
  {
    name: "isValidSignature",
    type: "function",
    stateMutability: "view",
    inputs: [{ type: "bytes32" }, { type: "bytes" }],
    outputs: [{ type: "bytes4" }],
  },
] as const;

/** The one answer that means yes, as a whole word. */
const MAGIC = `0x1626ba7e${"0".repeat(56)}`;

async function isAcceptedByCode({ client, address, hash, timeout }: Question, signature: Hex): Promise<boolean> {
  const data = encodeFunctionData({ abi: ERC1271_ABI, args: [hash, signature] });
  const answer = await within(timeout, callContract(client, { to: address, data }));
  return answer?.slice(0, MAGIC.length).toLowerCase() === MAGIC;
}

/** A call of code that is on no chain: it makes the account by its factory, asks it, and leaves nothing of either behind. */
async function isAcceptedOnceDeployed({ client, address, hash, timeout }: Question, signature: Hex): Promise<boolean> {
  const data = encodeDeployData({
    abi: universalSignatureValidatorAbi,
    bytecode: universalSignatureValidatorByteCode,
    args: [address, hash, signature],
  });
  const answer = await within(timeout, callContract(client, { data }));
  return answer !== undefined && /^0x0*1$/.test(answer) && answer.length <= 66;
}

async function isSigned(question: Question): Promise<boolean> {
  const { client, address, hash, timeout, recover } = question;
  const signature = bytesToHex(question.signature);
  if (isErc6492Signature(signature)) return isAcceptedOnceDeployed(question, signature);
  if (question.isByKey && (await isSignedByKey(address, hash, question.signature, recover))) return true;
  const code = await within(timeout, codeOf(client, address));
  // Whoever has code is asked, one that delegates to code too (EIP-7702), and its no is final.
  if (code !== "0x") return isAcceptedByCode(question, signature);
  return !question.isByKey && (await isSignedByKey(address, hash, question.signature, recover));
}

/**
 * Whether an account signed a hash, in the order of the draft: a wrapper of ERC-6492, the key where the signer says so, the
 * code by ERC-1271, and the key only where there is no code.
 */
export async function verifyAccount(question: Question): Promise<Verdict> {
  try {
    return (await isSigned(question)) ? "valid" : "invalid";
  } catch {
    // What a node says is not for the caller, and not proof of anything.
    return "unavailable";
  }
}
