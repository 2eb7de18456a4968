import type { Hex } from "viem";
import { call } from "viem/actions";
import { EvmTooOldError } from "../errors/deployment.ts";
import { isOfContract } from "../errors/fault.ts";
import type { AnyClient } from "../types/client.ts";

/** The newest instructions that the compiled contracts use, each in a creation that does nothing else: EIP-3855, EIP-5656. */
const programs: Readonly<Record<string, Hex>> = {
  // PUSH0, STOP
  PUSH0: "0x5f00",
  // PUSH1 0, PUSH1 0, PUSH1 0, MCOPY, STOP
  MCOPY: "0x6000600060005e00",
};

/** PUSH1 0, POP, STOP: what every machine knows. */
const ANCIENT: Hex = "0x60005000";

/**
 * Refuses a chain whose machine lacks an instruction that the contracts need: deployed there, they would fail at every call.
 * A node that tries no code but what is deployed cannot be asked; it is given the benefit of the doubt.
 */
export async function requireEvm(client: AnyClient): Promise<void> {
  const isRefused = async (data: Hex) => {
    try {
      await call(client, { data });
      return false;
    } catch (error) {
      if (isOfContract(error)) return true;
      throw error;
    }
  };
  if (await isRefused(ANCIENT).catch(() => true)) return;
  const names = Object.keys(programs);
  const refused = await Promise.all(names.map((name) => isRefused(programs[name] as Hex)));
  const missing = names.filter((_, index) => refused[index]);
  if (missing.length > 0) throw new EvmTooOldError({ missing });
}
