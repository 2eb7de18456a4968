// stoppingServer.ts FOLDER: serves, decides slowly, logs each decision, and stops gracefully at a signal.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openDecisionLog, openFileStore } from "../../src/log/index.ts";
import { createLogger, drainServer, gracefulStop, stopOnSignals } from "../../src/operations/index.ts";
import { decision, question } from "./decisions.ts";

const log = openDecisionLog(await openFileStore({ folder: process.argv[2] as string }));
const stopping = new AbortController();
const server = createServer(async (request, response) => {
  if (request.url === "/never") return;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const made = decision();
  await log.append(question(), made);
  response.end(made.id);
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
const requests = async () => {
  if (!(await drainServer(server, 800))) throw new Error("Requests were broken off.");
};
const steps = [
  { name: "requests", run: requests },
  { name: "log", run: log.close },
];
stopOnSignals(gracefulStop({ steps, limitSeconds: 5, logger: createLogger({ level: "error" }), stopping }));
