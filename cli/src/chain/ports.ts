import { createServer } from "node:net";

/**
 * Why nobody can listen at a port, as a sentence without its end; undefined where it is free. Chains that are started
 * there say it in words of their own, or end the process, so somebody tries before them. `npm start` imports this file as
 * well: it stands in the package that has to do without the repository.
 */
export async function whyUnusable(host: string, port: number): Promise<string | undefined> {
  const probe = createServer();
  const reason = await new Promise<string | undefined>((resolve) => {
    probe.once("error", ({ code, message }: NodeJS.ErrnoException) =>
      resolve(code === "EADDRINUSE" ? "is in use" : `cannot be used (${message})`),
    );
    probe.listen(port, host, () => resolve(undefined));
  });
  if (reason !== undefined) return `Port ${port} on ${host} ${reason}`;
  await new Promise((resolve) => probe.close(resolve));
  return undefined;
}
