import { createServer } from "node:net";

/** Where a server is to listen. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Listens for a moment where a server is to listen, to see whether it could. */
export async function probePort({ host, port }: ListenAddress): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, { host, port })));
    server.listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

/** Why a server cannot listen there, and what to do. */
export function listenError(error: NodeJS.ErrnoException, { host, port }: ListenAddress): Error {
  const another = "Say another one as `listen.port`, or 0 for one that is free.";
  if (error.code === "EADDRINUSE") return new Error(`Port ${port} of ${host} is taken. ${another}`);
  if (error.code === "EACCES") return new Error(`This user may not listen on port ${port} of ${host}. ${another}`);
  return new Error(
    `It is not possible to listen on ${host} (${error.code ?? error.message}). Say an address of this machine as \`listen.host\`.`,
  );
}
