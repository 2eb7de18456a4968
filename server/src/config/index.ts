/** Reads and checks the configuration, with every problem listed at once. */
export { type CheckedConfig, type ConfigProbes, checkConfig } from "./checkConfig.ts";
export { ConfigError } from "./errors.ts";
export { defineConfig, type LoadedConfig, loadConfig, parseConfig, type Revealed } from "./loadConfig.ts";
export { probeChain } from "./probeChain.ts";
export { type ListenAddress, listenError, probePort } from "./probePort.ts";
export type { ConfigProblem } from "./problems.ts";
export { type Config, type ConfigInput, configSchema } from "./schema.ts";
