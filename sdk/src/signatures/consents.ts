// What is signed without a nonce: its digest serves as one, by which its signer makes it void. A check-in is void after the
// next one, too, because it names the last one.
import type { TypedDataDefinition } from "viem";
import type { Consent } from "../types/signed.ts";
import { agentWalletMessage, pulseMessage, rotateKeyMessage } from "./messages.ts";

/** A wallet's consent is taken so many seconds before its deadline, at most: `MAX_WALLET_DEADLINE` of the registry. */
export const WALLET_AHEAD = 300;

/** How far ahead its deadline is where none is given: it counts at once, also where this machine's clock is a minute fast. */
export const WALLET_USUALLY_AHEAD = 240;

/** The message that has no nonce. */
export function consentMessage(consent: Consent): TypedDataDefinition {
  if ("newOwner" in consent) return rotateKeyMessage(consent);
  return "newWallet" in consent ? agentWalletMessage(consent) : pulseMessage(consent);
}
