// `@tenure/http-auth/fast`: an entry of its own, so that nobody carries WebAssembly who does not want it.
import type { Recover } from "./account/recover.ts";
import { MissingPackageError } from "./errors/mistakes.ts";

export type { Recover };

interface Runtime {
  readonly process?: {
    readonly versions: { readonly node?: string };
    readonly getBuiltinModule?: (name: "node:v8") => { readonly setFlagsFromString: (flag: string) => void };
  };
}

/** Up to which version Node's engine may end the process where WebAssembly is called from what it has optimised. */
const LAST_FRAGILE_NODE = 20;

/**
 * The `recover` of a verifier, by libsecp256k1 in WebAssembly: some six times as fast as viem's. It needs the package
 * `tiny-secp256k1`, 2.2 or newer.
 *
 * Call it when your program starts. On Node 20 it turns off one optimisation of the engine (inlined calls from JavaScript to
 * WebAssembly) for the whole process: with it, V8 11.3 ends the process under load.
 *
 * @returns What goes into `createVerifier` as `recover`.
 * @throws MissingPackageError when `tiny-secp256k1` is not installed, or WebAssembly does not run.
 *
 * @example
 * const verifier = createVerifier({ clients, origins, replay, recover: await fastRecover() });
 */
export async function fastRecover(): Promise<Recover> {
  const { process } = globalThis as Runtime;
  if (Number.parseInt(process?.versions.node ?? "", 10) <= LAST_FRAGILE_NODE) {
    // Before the module is there: what is compiled by then stays as it is.
    process?.getBuiltinModule?.("node:v8").setFlagsFromString("--no-turbo-inline-js-wasm-calls");
  }
  const { recover } = await import("tiny-secp256k1").catch((cause: unknown) => {
    throw new MissingPackageError("tiny-secp256k1", { cause });
  });
  return (hash, signature, parity) => recover(hash, signature, parity, false);
}
