import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "./run.ts";

/** Chromium's names, as systems install it. */
const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const TYPES: Record<string, string | undefined> = { ".html": "text/html", ".js": "text/javascript" };

/** The command that starts Chromium; undefined where there is none. */
export async function findChromium(): Promise<string | undefined> {
  for (const name of NAMES) {
    const isThere = await run(name, ["--version"], { cwd: tmpdir() }).then(
      () => true,
      () => false,
    );
    if (isThere) return name;
  }
  return undefined;
}

/**
 * Serves a folder, opens its page in Chromium, and answers what the page is when it has loaded. A script that takes its time asks
 * for the image `held` first, and for `released` when it is done: until then the page has not loaded. By a clock that Chromium
 * makes run faster, what is signed would have ended before WebCrypto had answered.
 */
export async function open(chromium: string, folder: string): Promise<string> {
  const held: ServerResponse[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === "/held") {
      held.push(response);
      return;
    }
    if (request.url === "/released") for (const one of held.splice(0)) one.writeHead(404).end();
    const file = path.join(folder, request.url === "/" ? "index.html" : path.normalize(request.url ?? ""));
    try {
      const content = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const profile = await mkdtemp(path.join(tmpdir(), "tenure-chromium-"));
  try {
    // A sandbox needs rights that a container does not give.
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
    const quiet = ["--disable-background-networking", "--disable-component-update", `--user-data-dir=${profile}`];
    const wait = ["--timeout=90000", "--dump-dom"];
    return await run(chromium, [...flags, ...quiet, ...wait, `http://127.0.0.1:${port}/`], { cwd: folder });
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
