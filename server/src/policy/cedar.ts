import { createRequire } from "node:module";
import type * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { PolicyEngineError } from "./errors.ts";

/** The policy engine: Cedar, in WebAssembly. */
export type Cedar = typeof cedar;

const require = createRequire(import.meta.url);

/**
 * Loads the policy engine, only where policies are used: 4 MB of WebAssembly. Each call makes an instance of its own, since one that
 * was trapped once (its stack ran over) is of no use any more, to nobody.
 *
 * Node 20 dies of it (a fatal error of V8 11.3 when a function with an inlined call of WebAssembly is deoptimized), which no program
 * can catch, so an older Node than 22.13 is refused here.
 *
 * @throws {PolicyEngineError} This Node is too old.
 */
export function loadCedar(): Cedar {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 22 || (major === 22 && minor < 13)) {
    throw new PolicyEngineError(`Policies need Node 22.13 or newer; this is ${process.version}.`);
  }
  // The package's bare name does not load everywhere; this entry does, and instantiates when it is loaded.
  const path = require.resolve("@cedar-policy/cedar-wasm/nodejs");
  delete require.cache[path];
  const loaded: Cedar = require(path);
  delete require.cache[path];
  return loaded;
}
