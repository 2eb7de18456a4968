import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { BoundedMap } from "../facts/index.ts";
import type { CompiledTenant } from "./compileTenant.ts";
import type { PolicyEngine } from "./engine.ts";
import { InvalidPoliciesError, NoPoliciesError, type PolicyProblem } from "./errors.ts";
import { lookAtFolder, readTenantFolder } from "./readTenantFolder.ts";
import type { Tenants } from "./tenants.ts";

/** Options of `openPolicyFolder`. */
export interface PolicyFolderOptions {
  /** The folder in which each tenant has one of its own name. */
  readonly root: string;
  readonly engine: PolicyEngine;
  /** Told of everything that is wrong with a tenant's files, all at once. What was active before stays so. */
  readonly onProblems?: ((tenant: string, problems: readonly PolicyProblem[]) => void) | undefined;
  /** Told when other policies are active than before. */
  readonly onActive?: ((tenant: string, compiled: CompiledTenant) => void) | undefined;
  /** Milliseconds between two looks at the folders that are in use; 1,000 where left out. */
  readonly lookEvery?: number | undefined;
  /** Bytes of a tenant's files; 4,000,000 where left out. */
  readonly sizeLimit?: number | undefined;
  /** Tenants that are kept in memory; 1,000 where left out. Others are read again when they are asked about. */
  readonly tenantLimit?: number | undefined;
}

/** The tenants of a folder, kept as their files are. */
export interface PolicyFolder extends Tenants {
  /** Names of all tenants, whether in use or not. */
  readonly list: () => Promise<readonly string[]>;
  /** Checks one tenant's files as they are, and changes nothing: empty where they could be used. */
  readonly check: (tenant: string) => Promise<readonly PolicyProblem[]>;
  /** Looks at all folders in use now, and not only when the next look is due. */
  readonly look: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Entry {
  readonly tenant: string;
  active: CompiledTenant | undefined;
  problems: readonly PolicyProblem[];
  /** Of the files that were last tried. */
  tried: string;
  /** Of a change that was seen once: it is used when it is still the same at the next look. */
  seen: string | undefined;
}

/** A tenant's name is the name of a folder, and a part of a path of HTTP. */
const NAME_FORM = /^[A-Za-z0-9][\w-]{0,62}$/;

/**
 * Opens a folder of tenants. Each is read when it is first asked about, and looked at from then on: files that hold up replace those
 * before in one step, and files that do not are told of and change nothing. A change is used once it has stood still for a look, so
 * that no half-written file decides.
 */
export function openPolicyFolder(options: PolicyFolderOptions): PolicyFolder {
  const { root, engine, onProblems, onActive, lookEvery = 1_000, sizeLimit = 4_000_000, tenantLimit = 1_000 } = options;
  const entries = new BoundedMap<string, Entry>(tenantLimit);
  const opening = new Map<string, Promise<Entry>>();
  let looking: Promise<void> | undefined;

  async function compile(tenant: string): Promise<{ readonly compiled: CompiledTenant; readonly fingerprint: string }> {
    const folder = join(root, tenant);
    const found = await lookAtFolder(folder);
    const files = await readTenantFolder(folder, found, sizeLimit);
    const after = await lookAtFolder(folder);
    if (after.fingerprint !== found.fingerprint) {
      throw new InvalidPoliciesError([{ file: "*", message: "The files changed while they were read." }]);
    }
    return { compiled: engine.compile(files), fingerprint: found.fingerprint };
  }

  async function open(tenant: string): Promise<Entry> {
    const entry: Entry = { tenant, active: undefined, problems: [], tried: "", seen: undefined };
    await load(entry);
    if (entry.tried !== "") entries.set(tenant, entry);
    return entry;
  }

  /** Whatever goes wrong is a problem of the tenant's, and nobody else's. */
  async function load(entry: Entry): Promise<void> {
    const { tenant } = entry;
    try {
      const { compiled, fingerprint } = await compile(tenant);
      entry.tried = fingerprint;
      entry.problems = [];
      const isOther = compiled.hash !== entry.active?.hash;
      entry.active = compiled;
      if (isOther) onActive?.(tenant, compiled);
    } catch (error) {
      entry.problems = problemsOf(error);
      entry.tried = await fingerprintOf(tenant);
      // A name that is nobody's is told to whoever asked, and to nobody else.
      if (entry.tried !== "" || entry.active !== undefined) onProblems?.(tenant, entry.problems);
    }
  }

  async function fingerprintOf(tenant: string): Promise<string> {
    return await lookAtFolder(join(root, tenant)).then(
      ({ fingerprint }) => fingerprint,
      () => "",
    );
  }

  async function lookAt(entry: Entry): Promise<void> {
    const fingerprint = await fingerprintOf(entry.tenant);
    if (fingerprint === entry.tried) {
      entry.seen = undefined;
    } else if (fingerprint !== entry.seen) {
      entry.seen = fingerprint;
    } else {
      entry.seen = undefined;
      await load(entry);
    }
  }

  async function lookAtAll(): Promise<void> {
    for (const entry of [...entries.values()]) await lookAt(entry);
  }

  const look = () => {
    looking ??= lookAtAll().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const timer = setInterval(look, lookEvery);
  timer.unref();

  function activeOf(tenant: string, { active, problems }: Entry): CompiledTenant {
    if (active !== undefined) return active;
    const why = problems.map(({ file, line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`);
    throw new NoPoliciesError(`No policies are active for the tenant "${tenant}". ${why.join(" ")}`);
  }

  return {
    find: (tenant) => {
      const entry = entries.get(tenant);
      if (entry !== undefined) return activeOf(tenant, entry);
      if (!NAME_FORM.test(tenant)) throw new NoPoliciesError("There is no tenant of that name.");
      const opened =
        opening.get(tenant) ??
        open(tenant).finally(() => {
          opening.delete(tenant);
        });
      opening.set(tenant, opened);
      return opened.then((entry) => activeOf(tenant, entry));
    },
    list: async () => {
      const found = await readdir(root, { withFileTypes: true });
      return found
        .filter((entry) => entry.isDirectory() && NAME_FORM.test(entry.name))
        .map(({ name }) => name)
        .sort();
    },
    check: async (tenant) =>
      await compile(tenant).then(
        () => [],
        (error: unknown) => problemsOf(error),
      ),
    look,
    close: async () => {
      clearInterval(timer);
      await looking;
      await Promise.all(opening.values());
      entries.clear();
    },
  };
}

function problemsOf(error: unknown): readonly PolicyProblem[] {
  if (error instanceof InvalidPoliciesError) return error.problems;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return [{ file: "*", message: "There is no such folder." }];
  return [{ file: "*", message: code === undefined ? String(message) : `The folder could not be read (${code}).` }];
}
