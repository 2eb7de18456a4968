import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Bell } from "../bell.ts";
import { announcement, changes } from "../changes.ts";
import { DatabaseClosedError, WriterLostError } from "../errors.ts";
import { layGround, migrate } from "../migrate.ts";
import { pause } from "../pause.ts";
import { Turns } from "../turns.ts";
import type { Database, Queries, Transaction } from "../types.ts";
import { Connection } from "./connection.ts";
import { explainSqlite, isBusy } from "./explain.ts";
import { ownFolder } from "./ownFolder.ts";
import { Writers } from "./writers.ts";

/** Milliseconds to wait for a program that holds the file, such as a console with an open transaction. */
const LOCK_PATIENCE = 5_000;

/** Connections that are kept for reading. */
const READERS = 4;

/**
 * Opens the file in a data folder. The log is written ahead (WAL), so that who reads sees what was there when they began and waits
 * for nobody; each transaction waits for the disk (`synchronous = full`), because the log of decisions may tell only what stays.
 */
export async function openSqlite(folder: string, wait: number): Promise<Database> {
  const disown = await ownFolder(folder, wait);
  const file = path.join(folder, "tenure.sqlite");
  const open = (options: { readOnly?: boolean; timeout: number }) => {
    try {
      return new Connection(new DatabaseSync(file, options), file);
    } catch (error) {
      throw explainSqlite(file, error);
    }
  };
  try {
    // The one that writes waits in `begin`, without holding up the process.
    const writing = open({ timeout: 0 });
    writing.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;");
    const database = assemble(file, writing, () => open({ readOnly: true, timeout: 250 }), disown);
    await layGround((work) => database.transaction(work));
    return database;
  } catch (error) {
    disown();
    throw error;
  }
}

function assemble(file: string, writing: Connection, openReader: () => Connection, disown: () => void): Database {
  const bell = new Bell();
  const turns = new Turns();
  const ended = new AbortController();
  const idle: Connection[] = [];
  const requireOpen = () => {
    if (ended.signal.aborted) throw new DatabaseClosedError(file);
  };

  const transaction = <result>(work: (own: Transaction) => Promise<result>) =>
    turns.take(async () => {
      requireOpen();
      await begin(writing);
      const announced = new Set<string>();
      const announce = async (channel: string) => {
        await writing.transaction.run(announcement, [channel]);
        announced.add(channel);
      };
      try {
        const result = await work({ ...writing.transaction, announce });
        writing.exec("commit");
        for (const channel of announced) bell.ring(channel);
        return result;
      } catch (error) {
        // A full disk has undone it already.
        await Promise.resolve()
          .then(() => writing.exec("rollback"))
          .catch(() => undefined);
        throw error;
      }
    });

  const snapshot = async <result>(work: (queries: Queries) => Promise<result>) => {
    requireOpen();
    const reading = idle.pop() ?? openReader();
    let isSound = false;
    try {
      reading.exec("begin");
      try {
        return await work(reading.queries);
      } finally {
        reading.exec("rollback"); // nothing was written
        isSound = true;
      }
    } finally {
      if (isSound && !ended.signal.aborted && idle.length < READERS) idle.push(reading);
      else reading.close();
    }
  };

  const writers = new Writers();
  const shared: { reading?: Connection } = {};
  const reading = () => {
    requireOpen();
    shared.reading ??= openReader();
    return shared.reading.queries;
  };
  const queries: Queries = {
    engine: "sqlite",
    all: async (text, values) => reading().all(text, values),
    get: async (text, values) => reading().get(text, values),
    lookup: async (wanted) => reading().lookup(wanted),
  };
  return {
    ...queries,
    transaction,
    snapshot,
    migrate: (migrations) => migrate(transaction, migrations),
    acquireWriter: async (name, signal) => {
      requireOpen();
      const all = signal === undefined ? ended.signal : AbortSignal.any([ended.signal, signal]);
      const held = await writers.take(name, all);
      if (held === undefined) return undefined;
      const lost = AbortSignal.any([held.signal, ended.signal]);
      return {
        name,
        lost,
        transaction: (work) =>
          transaction((own) => {
            if (lost.aborted) throw new WriterLostError(name);
            return work(own);
          }),
        release: async () => held.abort(),
      };
    },
    changes: (channel, signal) =>
      changes(queries, bell, channel, signal ? AbortSignal.any([ended.signal, signal]) : ended.signal),
    close: async () => {
      if (ended.signal.aborted) return;
      ended.abort();
      await turns.take(async () => {
        for (const one of [writing, shared.reading, ...idle]) one?.close();
      });
      disown();
    },
  };
}

/** Begins to write. A program that holds the file is waited for, while everything else in this process goes on. */
async function begin(writing: Connection): Promise<void> {
  for (const until = Date.now() + LOCK_PATIENCE; ; await pause(25)) {
    try {
      return writing.exec("begin immediate");
    } catch (error) {
      if (!isBusy((error as Error).cause) || Date.now() > until) throw error;
    }
  }
}
