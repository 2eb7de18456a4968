import type { DatabaseSync } from "node:sqlite";
import type { Lookup, Queries, Transaction, Upsert, Value } from "../types.ts";
import { explainSqlite } from "./explain.ts";
import { prepareStatement, type Statement } from "./statement.ts";

/** Statements that stay prepared, on each connection. */
const MOST = 256;

/** One connection: its statements are prepared once. */
export class Connection {
  readonly #file: DatabaseSync;
  readonly #where: string;
  readonly #prepared = new Map<string, Statement>();

  constructor(file: DatabaseSync, where: string) {
    this.#file = file;
    this.#where = where;
  }

  exec(text: string): void {
    this.#explained(() => this.#file.exec(text));
  }

  close(): void {
    this.#prepared.clear();
    if (this.#file.isOpen) this.#file.close();
  }

  readonly queries: Queries = {
    engine: "sqlite",
    all: async <row>(text: string, values: readonly Value[] = []) =>
      this.#explained(() => this.#prepare(text).all(values) as row[]),
    get: async <row>(text: string, values: readonly Value[] = []) =>
      this.#explained(() => this.#prepare(text).get(values) as row | undefined),
    lookup: async <row>({ table, keys, columns, rows }: Lookup & { readonly columns: readonly string[] }) => {
      const names = Object.keys(keys);
      const text = `select ${[...names, ...columns].join(", ")} from ${table} where ${matching(names)}`;
      return this.#explained(() => {
        const statement = this.#prepare(text);
        const found: row[] = [];
        for (const row of rows) for (const one of statement.all(row)) found.push(one as row);
        return found;
      });
    },
  };

  readonly transaction: Omit<Transaction, "announce"> = {
    ...this.queries,
    run: async (text, values = []) => this.#explained(() => Number(this.#prepare(text).run(values).changes)),
    upsert: async (what) => this.#each(upserting(what), what.rows),
    remove: async ({ table, keys, rows }) =>
      this.#each(`delete from ${table} where ${matching(Object.keys(keys))}`, rows),
  };

  #each(text: string, rows: readonly (readonly Value[])[]): void {
    this.#explained(() => {
      const statement = this.#prepare(text);
      for (const row of rows) statement.run(row);
    });
  }

  #prepare(text: string): Statement {
    let statement = this.#prepared.get(text);
    if (statement === undefined) {
      if (this.#prepared.size >= MOST) this.#prepared.clear();
      statement = prepareStatement(this.#file, text);
      this.#prepared.set(text, statement);
    }
    return statement;
  }

  #explained<result>(work: () => result): result {
    try {
      return work();
    } catch (error) {
      throw explainSqlite(this.#where, error);
    }
  }
}

function matching(names: readonly string[]): string {
  return names.map((name, place) => `${name} = ?${place + 1}`).join(" and ");
}

function upserting({ table, keys, columns }: Upsert): string {
  const own = Object.keys(keys);
  const others = Object.keys(columns);
  const all = [...own, ...others];
  const change = others.map((name) => `${name} = excluded.${name}`).join(", ");
  return `insert into ${table} (${all.join(", ")}) values (${all.map((_, place) => `?${place + 1}`).join(", ")})
    on conflict (${own.join(", ")}) do ${change === "" ? "nothing" : `update set ${change}`}`;
}
