import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import hre from "hardhat";
import Mocha from "mocha";
import { type Bytecode, ROOT } from "./compiler.ts";

type Codes = ReadonlyMap<string, Bytecode>;

const { create } = hre.network;
const { readArtifact } = hre.artifacts;

/** A test that failed. */
export interface Failure {
  file: string;
  /** The test's title with those of the suites around it. */
  title: string;
  /** Why it failed: one line. */
  message: string;
}

const EVERY_TEST = /(?:)/;
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/**
 * Runs Mocha files again and again in this process, each time against other code of the contracts: starting Hardhat and
 * loading the files takes longer than most of the tests.
 */
export class Suites {
  /** Takes each chain that a test file opened back to its beginning. */
  readonly #reverts: (() => Promise<void>)[] = [];
  readonly #files = new Map<string, Mocha>();
  #isLoading = false;
  #forgetFixtures?: () => void;
  #codes: Codes = new Map();
  /** How many mutants a file noticed, and how long it took for that: the file that notices most in a second comes first. */
  readonly #records = new Map<string, { kills: number; seconds: number }>();

  constructor() {
    // A test that failed may leave promises behind that nobody awaits any more.
    process.on("unhandledRejection", () => {});
    // Tests take their chains and their contracts from Hardhat.
    hre.network.create = async (parameters) => {
      const given = typeof parameters === "string" ? { network: parameters } : parameters;
      const override = { ...given?.override, allowUnlimitedContractSize: true };
      const connection = await create.call(hre.network, { ...given, override } as typeof given);
      const { networkHelpers } = connection;
      if (!this.#isLoading) return connection as never;
      let beginning = await networkHelpers.takeSnapshot();
      // Most chains are left alone by most files.
      let isUsed = false;
      const request = connection.provider.request.bind(connection.provider);
      connection.provider.request = (parameters) => {
        isUsed = true;
        return request(parameters);
      };
      this.#reverts.push(async () => {
        if (!isUsed) return;
        await beginning.restore();
        beginning = await networkHelpers.takeSnapshot();
        networkHelpers.clearSnapshots();
        isUsed = false;
      });
      return connection as never;
    };
    hre.artifacts.readArtifact = async (name) => {
      const artifact = await readArtifact.call(hre.artifacts, name);
      const code = this.#codes.get(name);
      if (code === undefined) return artifact as never;
      return { ...artifact, bytecode: code.creation, deployedBytecode: code.runtime } as never;
    };
  }

  /** The files in the order in which a kill is to be expected soonest. */
  fastestFirst(files: string[]): string[] {
    const rate = (file: string) => this.#recordOf(file).kills / this.#recordOf(file).seconds;
    return files.toSorted((one, other) => rate(other) - rate(one));
  }

  /** The first failing test of a file; nothing where all pass. */
  async notice(codes: Codes, file: string): Promise<Failure | undefined> {
    const { kills, seconds } = this.#recordOf(file);
    const begun = Date.now();
    const failure = await this.#run(file, codes, EVERY_TEST);
    const took = (Date.now() - begun) / 1_000;
    this.#records.set(file, { kills: failure === undefined ? kills : kills + 1, seconds: seconds + took });
    return failure;
  }

  /** How one test of a file fails by itself; nothing where it passes. */
  async noticeBy(codes: Codes, { file, title }: Pick<Failure, "file" | "title">): Promise<Failure | undefined> {
    return this.#run(file, codes, new RegExp(`^${escaped(title)}$`));
  }

  #recordOf(file: string): { kills: number; seconds: number } {
    return this.#records.get(file) ?? { kills: 1, seconds: 0.1 };
  }

  async #run(file: string, codes: Codes, titles: RegExp): Promise<Failure | undefined> {
    const mocha = this.#files.get(file) ?? (await this.#load(file));
    mocha.grep(titles);
    for (const revert of this.#reverts) await revert();
    this.#forgetFixtures?.();
    this.#codes = codes;
    try {
      return await new Promise((resolve) => {
        let failure: Failure | undefined;
        const runner = mocha.run(() => {
          runner.dispose(); // else it goes on listening to the process
          resolve(failure);
        });
        runner.on("fail", (test, error) => {
          const [message = ""] = String(error?.message ?? error).split("\n");
          // Results are written down: no path of this machine.
          const named = ((test.type as string) === "hook" ? test.ctx?.currentTest : undefined) ?? test;
          failure ??= { file, title: named.fullTitle(), message: message.replaceAll(`${ROOT}/`, "") };
        });
      });
    } finally {
      this.#codes = new Map();
    }
  }

  async #load(file: string): Promise<Mocha> {
    const mocha = new Mocha({ bail: true, timeout: 120_000, reporter: class {} as never });
    mocha.cleanReferencesAfterRun(false);
    mocha.addFile(path.join(ROOT, file));
    this.#isLoading = true;
    await mocha.loadFilesAsync();
    // Not earlier: it opens a chain, which has to be one of ours.
    this.#forgetFixtures ??= (await import("../../test/utils/vouchWorld.ts")).forgetFixtures;
    this.#isLoading = false;
    this.#files.set(file, mocha);
    return mocha;
  }
}

/** The Mocha files of folders. */
export function testFilesOf(folders: string[]): string[] {
  return folders
    .filter((folder) => existsSync(path.join(ROOT, folder)))
    .flatMap((folder) => readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith(".test.ts"));
}
