import type { ClientBase, CustomTypesConfig, Pool } from "pg";
import pg from "pg";
import type { Columns, Lookup, Queries, Transaction, Upsert, Value } from "../types.ts";
import { explainPostgres } from "./explain.ts";

/** Statements that stay prepared, on each connection. */
const MOST = 256;

/** The number of the type `bigint`. */
const INT8 = 20;

/** Numbers as numbers. One that is not exact as such is an error and not another number. */
export const types: CustomTypesConfig = {
  getTypeParser: ((type: number, format?: "text" | "binary") =>
    type === INT8 && format !== "binary"
      ? exact
      : pg.types.getTypeParser(type, format)) as CustomTypesConfig["getTypeParser"],
};

function exact(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is beyond what a number holds exactly.`);
  return number;
}

/** What can be asked of a connection, or of a pool of them. */
export function connection(client: ClientBase | Pool, where: string): Omit<Transaction, "announce"> {
  const ask = async (text: string, values: readonly unknown[]) => {
    try {
      return await client.query({ name: nameOf(text), text, values: values as unknown[] });
    } catch (error) {
      throw explainPostgres(where, error);
    }
  };
  const queries: Queries = {
    engine: "postgres",
    all: async <row>(text: string, values: readonly Value[] = []) => (await ask(text, values)).rows as row[],
    get: async <row>(text: string, values: readonly Value[] = []) =>
      (await ask(text, values)).rows[0] as row | undefined,
    lookup: async <row>({ table, keys, columns, rows }: Lookup & { readonly columns: readonly string[] }) => {
      if (rows.length === 0) return [];
      const names = [...Object.keys(keys), ...columns].map((name) => `own.${name}`);
      const text = `select ${names.join(", ")} from ${unnested(keys)} join ${table} own on ${matching(keys)}`;
      return (await ask(text, turned(keys, rows))).rows as row[];
    },
  };
  return {
    ...queries,
    run: async (text, values = []) => (await ask(text, values)).rowCount ?? 0,
    upsert: async (what) => {
      if (what.rows.length > 0) await ask(upserting(what), turned({ ...what.keys, ...what.columns }, what.rows));
    },
    remove: async ({ table, keys, rows }) => {
      if (rows.length === 0) return;
      await ask(`delete from ${table} own using ${unnested(keys)} where ${matching(keys)}`, turned(keys, rows));
    },
  };
}

/** Names of prepared statements. A text that is not made over and over again is prepared once a connection. */
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  let name = names.get(text);
  if (name === undefined && names.size < MOST && !/^\s*(begin|commit|rollback|create|alter|drop|set)\b/i.test(text)) {
    name = `tenure_${names.size}`;
    names.set(text, name);
  }
  return name;
}

/** Many rows as one value a column: as few values as columns, however many rows. */
function turned(columns: Columns, rows: readonly (readonly Value[])[]): unknown[] {
  return Object.keys(columns).map((_, place) => rows.map((row) => row[place]));
}

function unnested(columns: Columns): string {
  const lists = Object.values(columns).map((type, place) => `$${place + 1}::${type}[]`);
  return `unnest(${lists.join(", ")}) as given (${Object.keys(columns).join(", ")})`;
}

function matching(keys: Columns): string {
  return Object.keys(keys)
    .map((name) => `own.${name} = given.${name}`)
    .join(" and ");
}

function upserting({ table, keys, columns }: Upsert): string {
  const all = { ...keys, ...columns };
  const names = Object.keys(all).join(", ");
  const change = Object.keys(columns).map((name) => `${name} = excluded.${name}`);
  return `insert into ${table} (${names}) select ${names} from ${unnested(all)}
    on conflict (${Object.keys(keys).join(", ")}) do ${change.length === 0 ? "nothing" : `update set ${change.join(", ")}`}`;
}
