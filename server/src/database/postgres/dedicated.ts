import pg from "pg";
import { pause } from "../pause.ts";
import { types } from "./connection.ts";
import { explainPostgres } from "./explain.ts";

/** A connection of its own, and the signal that it has ended. */
export interface Dedicated {
  readonly client: pg.Client;
  readonly ended: AbortSignal;
  readonly end: () => Promise<void>;
}

/**
 * Opens a connection outside the pool, whose end is noticed on both sides: at once where the process dies, within some seconds
 * where the machine or the network between does.
 */
export async function dedicate(url: string, where: string, name: string): Promise<Dedicated> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 2_000,
    types,
  });
  const gone = new AbortController();
  client.on("error", () => gone.abort());
  client.on("end", () => gone.abort());
  const end = async () => {
    gone.abort();
    // A network that swallows everything does not even say that it ended.
    await Promise.race([client.end().catch(() => undefined), pause(1_000)]);
  };
  try {
    await client.connect();
    // Within 5 seconds the server ends a session whose other side is silent, and what the session holds.
    await client.query("set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3");
  } catch (error) {
    await end();
    throw explainPostgres(where, error);
  }
  return { client, ended: gone.signal, end };
}
