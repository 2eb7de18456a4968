// A Postgres of the machine's own package, for tests: on a free port, in a folder of its own, and gone at the end.
import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../../sdk/test/utils/anvil.ts";

const DEBIAN = "/usr/lib/postgresql";

/** Where the programs are: the newest of Debian's packages. */
const programs = existsSync(DEBIAN)
  ? readdirSync(DEBIAN)
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => path.join(DEBIAN, version, "bin"))
      .find((folder) => existsSync(path.join(folder, "initdb")))
  : undefined;

/** Tests that need Postgres are skipped where it is not installed. */
export const isPostgresInstalled = () => programs !== undefined;

/** `stop` and `start` let it go away and come back, with what it kept. */
export async function startPostgres(): Promise<{
  url: string;
  stop: () => void;
  start: () => void;
  close: () => void;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), "tenure-postgres-"));
  const isRoot = process.getuid?.() === 0;
  // It refuses to run as root.
  if (isRoot) chownSync(folder, userId("-u"), userId("-g"));
  const data = path.join(folder, "data");
  const run = (program: string, ...args: string[]) => {
    const file = path.join(programs ?? "", program);
    const [command, all] = isRoot ? ["runuser", ["-u", "postgres", "--", file, ...args]] : [file, args];
    // Its own server inherits what it is given, and a pipe would stay open as long as that runs.
    const { status } = spawnSync(command as string, all as string[], { cwd: folder, stdio: "ignore" });
    if (status !== 0) throw new Error(`${program} ended with status ${status}.`);
  };
  const port = await freePort();
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const start = () => run("pg_ctl", "-D", data, "-w", "-l", path.join(folder, "log"), "-o", settings, "start");
  const stop = () => run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop");
  try {
    run("initdb", "-D", data, "-A", "trust", "-U", "tenure");
    start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgres://tenure@127.0.0.1:${port}/postgres`,
    stop,
    start,
    close: () => {
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function userId(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
}
