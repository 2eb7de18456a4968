import { type CheckedConfig, type ConfigProblem, checkConfig, probeChain, probePort } from "../config/index.ts";
import { openDatabase } from "../database/index.ts";
import { indexMigrations } from "../index/index.ts";
import { createPolicyEngine, openPolicyFolder } from "../policy/index.ts";
import { readFloor } from "./readFloor.ts";

/** What came of a check. */
export type CheckedServer = CheckedConfig;

/**
 * Checks a configuration, and everything that it speaks of: port, nodes, database, policies. Nothing is begun, but the tables of a database
 * that has none are made. A server that runs by the same configuration has its port and its folder: then that is what is found.
 */
export function checkServer(file: string, env: NodeJS.ProcessEnv = process.env): Promise<CheckedServer> {
  return checkConfig(
    file,
    {
      port: probePort,
      chain: probeChain,
      database: async ({ data, database }) => {
        const opened = await openDatabase(database === undefined ? { folder: data } : { url: database.url });
        try {
          await opened.migrate(indexMigrations);
        } finally {
          await opened.close();
        }
      },
      policies: checkPolicies,
    },
    env,
  );
}

async function checkPolicies(folder: string): Promise<ConfigProblem[]> {
  const policies = openPolicyFolder({ root: folder, engine: await createPolicyEngine(await readFloor()) });
  try {
    const tenants = await policies.list();
    const found = await Promise.all(
      tenants.map(async (tenant) =>
        (await policies.check(tenant)).map(({ file, line, message }) => ({
          path: `policies.folder, ${tenant}/${file}${line === undefined ? "" : `:${line}`}`,
          message,
        })),
      ),
    );
    const none = { path: "policies.folder", message: `has no folder of a tenant in it (it is ${folder}).` };
    return tenants.length === 0 ? [none] : found.flat();
  } finally {
    await policies.close();
  }
}
