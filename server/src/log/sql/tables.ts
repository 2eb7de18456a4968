import type { Migration } from "../../database/index.ts";

/** The log's tables. Lines are only ever added, and removed by whole segments. */
export const logTables: readonly Migration[] = [
  {
    room: "log",
    version: 1,
    up: async (own) => {
      await own.run(
        "create table decision_log (n bigint primary key, id text, leaf bytea not null, line bytea not null)",
      );
      await own.run("create index decision_log_id on decision_log (id)");
      await own.run("create table decision_log_segment (segment bigint primary key, root bytea not null)");
      await own.run("create table decision_log_format (one bigint primary key, height bigint not null)");
    },
  },
];
