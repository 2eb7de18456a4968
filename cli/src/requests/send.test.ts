import { type AddressInfo, createServer, type Socket } from "node:net";
import { expect } from "chai";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { readContent } from "./answer.ts";
import { sendRequest } from "./send.ts";

describe("a server that says nothing more", () => {
  /** Sends a request, with little patience, to a server that writes this and stays silent. */
  async function asked(written: string, read: (answer: Response) => Promise<unknown>): Promise<Error> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once("data", () => socket.write(written));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      return await rejection(sendRequest(new Request(`http://127.0.0.1:${port}/`), undefined, 50).then(read));
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }

  it("should not be waited for without end, and leave it open what came of the request", async () => {
    const error = await asked("HTTP/1.1 200", async () => undefined);
    expect(error.name).to.equal("AnswerLostError");
    expect(error.message).to.match(
      /^The request was sent to 127\.0\.0\.1:\d+, and its answer got lost: it is silent\.$/,
    );
  });

  it("should not be waited for without end within its answer", async () => {
    const error = await asked("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", readContent);
    expect(error.message).to.equal("The answer, with status 200, broke off before its end.");
  });
});
