// A process that owns a data folder and writes to it without end: `node ownFolder.ts FOLDER`.
import { openDatabase } from "../../src/database/index.ts";

const database = await openDatabase({ folder: process.argv[2] as string });
await database.migrate([
  {
    room: "pairs",
    version: 1,
    up: async (own) => void (await own.run("create table pair (id bigint primary key, half bigint)")),
  },
]);
const newest = await database.get<{ id: number | null }>("select max(id) as id from pair");
console.log("ready");
for (let id = (newest?.id ?? 0) + 1; ; id += 2) {
  await database.transaction(async (own) => {
    await own.run("insert into pair (id, half) values ($1, 1)", [id]);
    await new Promise((resolve) => setTimeout(resolve, 1));
    await own.run("insert into pair (id, half) values ($1, 2)", [id + 1]);
  });
}
