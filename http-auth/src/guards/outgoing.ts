import type { IncomingRequest } from "./incoming.ts";

/** An answer of Node's servers, as far as it is written here. */
export interface OutgoingResponse {
  readonly writeHead: (status: number, headers: Record<string, string>) => unknown;
  readonly end: (content?: string) => unknown;
}

/** The fields of an answer. A request whose content nobody heard out ends the connection with it. */
export function fieldsOf(response: Response, incoming: Pick<IncomingRequest, "complete">): Record<string, string> {
  const fields = Object.fromEntries(response.headers);
  return incoming.complete ? fields : { ...fields, connection: "close" };
}

/** Answers by Node's own means, so that nothing of a framework changes the answer. */
export async function sendResponse(
  response: Response,
  incoming: Pick<IncomingRequest, "complete">,
  outgoing: OutgoingResponse,
): Promise<void> {
  const content = await response.text();
  outgoing.writeHead(response.status, fieldsOf(response, incoming));
  outgoing.end(content);
}
