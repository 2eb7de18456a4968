import type { Hex } from "viem";
import { bytesToHex, concatHex, createClient, custom, hashMessage } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";
import type { SigningAccount, VerifierOptions } from "../../src/index.ts";
import { createVerifier, memoryReplayStore } from "../../src/index.ts";

/** The public key of the vectors. It must never hold anything. */
export const vectorAccount = privateKeyToAccount(`0x${"1".padStart(64, "0")}`);

/** The clock of the vectors, in seconds. */
export const vectorNow = 1_700_000_001;

/** A node, by what it answers; it keeps which methods it was asked for. */
export function nodeThat(answer: (method: string, params: readonly unknown[]) => unknown) {
  const asked: string[] = [];
  const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
    asked.push(method);
    return answer(method, params ?? []);
  };
  const client = createClient({ chain: mainnet, transport: custom({ request }, { retryCount: 0 }) });
  return { client, asked };
}

/** A node on which no account has code. */
export function nodeWithoutCode() {
  return nodeThat((method) => {
    if (method === "eth_getCode") return "0x";
    throw new Error(`nobody should ask for ${method}`);
  });
}

/** A verifier of the vectors, and what it asked its node. */
export function vectorVerifier(options: Partial<VerifierOptions> = {}, node = nodeWithoutCode()) {
  const verifier = createVerifier({
    clients: [node.client],
    origins: ["https://api.example"],
    replay: memoryReplayStore(),
    now: () => vectorNow * 1_000,
    ...options,
  });
  return { ...verifier, asked: node.asked };
}

/** An account whose signature only a contract could accept. */
export const opaqueAccount: SigningAccount = {
  address: vectorAccount.address,
  signMessage: async ({ message }) => concatHex([hashMessage(message), "0xc0de"]),
};

/** A signature as bytes in base64, for a `Signature` field. */
export const inBase64 = (signature: Hex | Uint8Array): string =>
  Buffer.from((typeof signature === "string" ? signature : bytesToHex(signature)).slice(2), "hex").toString("base64");
