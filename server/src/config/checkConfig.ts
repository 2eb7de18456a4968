import { ConfigError } from "./errors.ts";
import { type LoadedConfig, loadConfig } from "./loadConfig.ts";
import type { ConfigProblem } from "./problems.ts";

/** What is looked at beyond the file. Each throws with a sentence where something is not as it has to be. */
export interface ConfigProbes {
  /** The port is free. */
  readonly port: (listen: LoadedConfig["config"]["listen"]) => Promise<void>;
  /** A node answers, is of that chain, and the registries are there. */
  readonly chain: (chain: LoadedConfig["config"]["chains"][number], url: string) => Promise<void>;
  /** The database opens, and its tables are not newer than the code. */
  readonly database: (config: LoadedConfig["config"]) => Promise<void>;
  /** Everything that is wrong with the policies in a folder, each with its place. */
  readonly policies: (folder: string) => Promise<readonly ConfigProblem[]>;
}

/** What came of a check. It is good where there are no problems. */
export interface CheckedConfig {
  readonly problems: readonly ConfigProblem[];
  readonly loaded?: LoadedConfig | undefined;
}

/** Checks a configuration file, and what it speaks of: all at once, so that everything wrong is told at once. */
export async function checkConfig(
  file: string,
  probes: ConfigProbes,
  env: NodeJS.ProcessEnv = process.env,
): Promise<CheckedConfig> {
  let loaded: LoadedConfig;
  try {
    loaded = await loadConfig(file, env);
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems };
    throw error;
  }
  const { config, secrets } = loaded;
  const told = (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    return secrets.reduce((all, value) => all.replaceAll(value, "[secret]"), text);
  };
  const probe = async (
    path: string,
    work: () => Promise<void> | Promise<readonly ConfigProblem[]>,
  ): Promise<readonly ConfigProblem[]> => {
    try {
      return (await work()) ?? [];
    } catch (error) {
      return [{ path, message: told(error) }];
    }
  };
  const found = await Promise.all([
    ...config.chains.flatMap((chain, index) =>
      chain.rpc.map((url, place) => probe(`chains[${index}].rpc[${place}]`, () => probes.chain(chain, url))),
    ),
    probe("listen", () => probes.port(config.listen)),
    probe(config.database === undefined ? "data" : "database.url", () => probes.database(config)),
    probe("policies.folder", () => probes.policies(config.policies.folder)),
  ]);
  return { problems: found.flat(), loaded };
}
