import { NewerSchemaError } from "./errors.ts";
import type { Migration, Transaction } from "./types.ts";

/** Does one transaction while no other process migrates. */
type Alone = <result>(work: (transaction: Transaction) => Promise<result>) => Promise<result>;

/** What every database has: which steps were taken, and how often something was announced. */
const ground = [
  `create table if not exists tenure_migration (
    room text not null, version bigint not null, applied_at bigint not null, primary key (room, version))`,
  `create table if not exists tenure_cursor (channel text primary key, value bigint not null)`,
];

/** Makes the tables that the database room itself needs. */
export async function layGround(alone: Alone): Promise<void> {
  await alone(async (transaction) => {
    for (const text of ground) await transaction.run(text);
  });
}

/** See `Database.migrate`. */
export async function migrate(alone: Alone, migrations: readonly Migration[]): Promise<void> {
  for (const room of new Set(migrations.map(({ room }) => room))) {
    const own = migrations.filter((migration) => migration.room === room);
    const steps = own.toSorted((one, other) => one.version - other.version);
    const gap = steps.findIndex(({ version }, place) => version !== place + 1);
    if (gap >= 0) throw new RangeError(`The migrations of \`${room}\` have no version ${gap + 1}, or have it twice.`);
    for (const step of steps) await alone((transaction) => take(transaction, step, steps.length));
  }
}

async function take(transaction: Transaction, { room, version, up }: Migration, known: number): Promise<void> {
  const { newest } = (await transaction.get<{ newest: number | null }>(
    "select max(version) as newest from tenure_migration where room = $1",
    [room],
  )) ?? { newest: null };
  if (newest !== null && newest > known) throw new NewerSchemaError(room, newest, known);
  if (newest !== null && newest >= version) return;
  await up(transaction);
  const now = Math.floor(Date.now() / 1000);
  await transaction.run("insert into tenure_migration (room, version, applied_at) values ($1, $2, $3)", [
    room,
    version,
    now,
  ]);
}
