import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { startOther } from "../../test/utils/processes.ts";
import { openFileReader, readDecisions, verifyLog } from "../log/index.ts";
import { gracefulStop } from "./gracefulStop.ts";
import { createLogger } from "./logger.ts";

const program = fileURLToPath(new URL("../../test/utils/stoppingServer.ts", import.meta.url));

describe("gracefulStop", function () {
  this.timeout(30_000);
  const newFolder = temporaryFolders();

  it("should finish the requests under way at SIGTERM, take no others, and leave a whole log", async () => {
    const folder = newFolder();
    const other = startOther(program, folder);
    const url = `http://127.0.0.1:${await other.line()}`;
    const asked = Promise.all([1, 2, 3].map(async () => (await fetch(url)).text()));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const ended = once(other.child, "exit");
    other.child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await rejection(fetch(url))).to.be.instanceOf(TypeError);
    const ids = await asked;
    expect(await ended).to.deep.equal([0, null]);
    const reader = await openFileReader(folder);
    expect((await readDecisions(reader)).decisions.map(({ id }) => id)).to.have.members(ids);
    expect((await verifyLog(reader)).findings).to.deep.equal([]);
  });

  it("should break off what takes too long, and say so by its status", async () => {
    const other = startOther(program, newFolder());
    const url = `http://127.0.0.1:${await other.line()}`;
    const broken = rejection(fetch(`${url}/never`));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const ended = once(other.child, "exit");
    other.child.kill("SIGTERM");
    expect(await broken).to.be.instanceOf(TypeError);
    expect((await other.line()).toString()).to.contain("Requests were broken off.");
    expect(await ended).to.deep.equal([1, null]);
  });

  it("should end at once at a second signal", async () => {
    const other = startOther(program, newFolder());
    const url = `http://127.0.0.1:${await other.line()}`;
    const broken = rejection(fetch(`${url}/never`));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const ended = once(other.child, "exit");
    other.child.kill("SIGTERM");
    await new Promise((resolve) => setTimeout(resolve, 50));
    other.child.kill("SIGINT");
    expect(await ended).to.deep.equal([1, null]);
    await broken;
  });

  it("should go through all steps where one fails, once, and give up where one does not end", async () => {
    const lines: string[] = [];
    const logger = createLogger({ write: (line) => lines.push(line) });
    const done: string[] = [];
    const step = (name: string, run = async () => {}) => ({
      name,
      run: async () => {
        done.push(name);
        await run();
      },
    });
    const fails = step("log", async () => {
      throw new Error("The disk is gone.");
    });
    const stopping = new AbortController();
    const stop = gracefulStop({
      steps: [step("requests"), fails, step("database")],
      limitSeconds: 5,
      logger,
      stopping,
    });
    expect(await Promise.all([stop(), stop()])).to.deep.equal([1, 1]);
    expect(done).to.deep.equal(["requests", "log", "database"]);
    expect(stopping.signal.aborted).to.equal(true);
    expect(lines[0]).to.contain("The disk is gone.");
    const never = step("never", () => new Promise<void>(() => {}));
    const late = gracefulStop({ steps: [never], limitSeconds: 0.02, logger, stopping: new AbortController() });
    expect(await late()).to.equal(1);
  });
});
