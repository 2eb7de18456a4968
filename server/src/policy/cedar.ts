import type * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { PolicyEngineError } from "./errors.ts";

/** The policy engine: Cedar, in WebAssembly. */
export type Cedar = typeof cedar;

let loading: Promise<Cedar> | undefined;

/**
 * Loads the policy engine, once, and only where policies are used: 4 MB of WebAssembly.
 *
 * Node 20 dies of it (a fatal error of V8 11.3 when a function with an inlined call of WebAssembly is deoptimized), which no program
 * can catch, so an older Node than 22.13 is refused here.
 *
 * @throws {PolicyEngineError} This Node is too old, or the engine could not be loaded.
 */
export function loadCedar(): Promise<Cedar> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Cedar> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 22 || (major === 22 && minor < 13)) {
    throw new PolicyEngineError(`Policies need Node 22.13 or newer; this is ${process.version}.`);
  }
  // The package's bare name does not load everywhere; this entry does.
  return await import("@cedar-policy/cedar-wasm/nodejs");
}
