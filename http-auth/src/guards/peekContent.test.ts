import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import { AccessError } from "../errors/accessError.ts";
import { ContentConsumedError, ContentTooLargeError } from "../errors/mistakes.ts";
import { peekContent } from "./peekContent.ts";

describe("content that is read and put back", () => {
  let server: Server;
  let handle: (request: IncomingMessage) => Promise<string>;
  before(async () => {
    server = createServer(async (request, response) => response.end(await handle(request)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const opened = (): Socket => connect((server.address() as AddressInfo).port, "127.0.0.1");
  const send = (body: Uint8Array<ArrayBuffer>) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { method: "POST", body });
  const twice = async (request: IncomingMessage) => {
    const first = await peekContent(request, 10_000_000);
    // Whoever reads it next does so in another turn, after a verification that took its time.
    await new Promise((resolve) => setImmediate(resolve));
    return String(Buffer.compare(first, await buffer(request)));
  };

  for (const length of [0, 1, 16_384, 65_536, 65_537, 3_000_000]) {
    it(`should be the same for the next reader: ${length} bytes`, async () => {
      handle = twice;
      const body = Uint8Array.from({ length }, (_, index) => index % 251);
      expect(await (await send(body)).text()).to.equal("0");
    });
  }

  it("should be the same where it comes in pieces, the end by itself", async () => {
    let next = () => {};
    const started = new Promise<void>((resolve) => {
      next = resolve;
    });
    handle = (request) => {
      const peeked = twice(request);
      next();
      return peeked;
    };
    const socket = opened();
    const answer = buffer(socket);
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    await started;
    for (const piece of ["4\r\nWi", "ki\r\n", "5\r\npedia\r\n", "0\r\n", "\r\n"]) {
      socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await answer).toString()).to.match(/0\r\n0\r\n\r\n$|\r\n\r\n0$/);
  });

  it("should not be read beyond its limit, and the answer still be sent", async () => {
    handle = (request) => peekContent(request, 10).then(String, (error: unknown) => (error as Error).name);
    expect(await (await send(new Uint8Array(10))).text()).to.contain("0,0,0");
    expect(await (await send(new Uint8Array(11))).text()).to.equal(ContentTooLargeError.name);
  });

  it("should be a mistake of whoever has read it before", async () => {
    handle = async (request) => {
      await buffer(request);
      return peekContent(request, 10).then(String, (error: unknown) => (error as Error).name);
    };
    expect(await (await send(new Uint8Array(3))).text()).to.equal(ContentConsumedError.name);
  });

  it("should be given up where the sender goes", async () => {
    const failed = new Promise<unknown>((resolve) => {
      handle = async (request) => {
        await peekContent(request, 10).catch(resolve);
        return "";
      };
    });
    const socket = opened();
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    expect(await failed)
      .to.be.instanceOf(AccessError)
      .and.to.include({ code: "ambiguous_request" });
  });
});
