/** A message of a stream of server-sent events. */
export interface Message {
  /** The id of the last message that had one: where to go on. */
  readonly lastId: string | undefined;
  /** Its name; `undefined` for one that only moves the id. */
  readonly event: string | undefined;
  readonly data: string;
  /** Milliseconds after which to connect again, where the server said so. */
  readonly retry: number | undefined;
}

/** Characters of one message. */
const LONGEST = 1_048_576;

/**
 * Takes a stream of server-sent events apart, as WHATWG HTML, section 9.2.6, has it.
 *
 * @throws RangeError when a message does not end.
 */
export async function* messagesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Message, void, undefined> {
  let text = "";
  let lastId: string | undefined;
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      const blocks = text.split(/\r\n\r\n|\n\n|\r\r/);
      text = blocks.pop() ?? "";
      if (text.length > LONGEST) throw new RangeError("A message of the stream does not end.");
      for (const block of blocks) {
        const message = messageOf(block, lastId);
        lastId = message.lastId;
        yield message;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function messageOf(block: string, before: string | undefined): Message {
  let lastId = before;
  let event: string | undefined;
  let retry: number | undefined;
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name = line, value = ""] = /^([^:]*): ?(.*)$/s.exec(line) ?? [];
    if (name === "data") data.push(value);
    else if (name === "event") event = value;
    else if (name === "id" && !value.includes("\0")) lastId = value;
    else if (name === "retry" && /^\d+$/.test(value)) retry = Number(value);
  }
  return { lastId, event, data: data.join("\n"), retry };
}
