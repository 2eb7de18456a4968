import { expect } from "chai";
import { ContentConsumedError, ContentTooLargeError } from "../errors/mistakes.ts";
import { readContent } from "./content.ts";

const url = "https://api.example/";

/** A body in parts, that counts how many were taken, and whether it was given up. */
function inParts(part: Uint8Array, count: number, headers: Record<string, string> = {}) {
  const state = { taken: 0, isGivenUp: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (state.taken === count) return controller.close();
        state.taken += 1;
        controller.enqueue(part);
      },
      cancel() {
        state.isGivenUp = true;
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request(url, { method: "POST", headers, body, duplex: "half" } as RequestInit);
  return { request, state };
}

describe("the content of a request", () => {
  it("should be read, and stay readable", async () => {
    const request = new Request(url, { method: "POST", body: "é" });
    expect([...(await readContent(request, 2))]).to.deep.equal([0xc3, 0xa9]);
    expect(await request.text()).to.equal("é");
    expect(await readContent(new Request(url), 0)).to.have.length(0);
  });

  it("should be read in parts up to the limit", async () => {
    const { request } = inParts(new Uint8Array(10), 10);
    expect(await readContent(request, 100)).to.have.length(100);
    expect((await request.arrayBuffer()).byteLength).to.equal(100);
  });

  it("should be refused as soon as it is too long, and given up", async () => {
    const { request, state } = inParts(new Uint8Array(10), 1_000);
    const error = await readContent(request, 25).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ContentTooLargeError).and.to.include({ limit: 25 });
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(state.isGivenUp).to.equal(true);
    // A stream may be one or two parts ahead of its reader.
    expect(state.taken).to.be.within(3, 5);
  });

  it("should be refused unread where it says that it is too long", async () => {
    const { request, state } = inParts(new Uint8Array(10), 10, { "content-length": "26" });
    expect(await readContent(request, 25).catch((reason: unknown) => reason)).to.be.instanceOf(ContentTooLargeError);
    expect(state.taken).to.equal(0);
  });

  it("should not count where somebody read it, or reads it", async () => {
    const request = new Request(url, { method: "POST", body: "a" });
    await request.text();
    const held = new Request(url, { method: "POST", body: "a" });
    held.body?.getReader();
    expect(await readContent(held, 1).catch((reason: unknown) => reason)).to.be.instanceOf(ContentConsumedError);
    expect(await readContent(request, 1).catch((reason: unknown) => reason)).to.be.instanceOf(ContentConsumedError);
  });
});
