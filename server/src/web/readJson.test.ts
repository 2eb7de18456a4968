import { expect } from "chai";
import { Problem } from "./problem.ts";
import { CONTENT_LIMITS, readJson } from "./readJson.ts";

const limits = { ...CONTENT_LIMITS, bytes: 64 };

async function read(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream | null,
  headers: Record<string, string> = { "content-type": "application/json" },
) {
  const request = new Request("http://a/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
  return readJson(request, { limits: { ...limits, time: 100 }, wrongTypeStatus: 400 }).catch((error: unknown) => {
    if (error instanceof Problem) return `${error.status} ${error.reason}`;
    throw error;
  });
}

const stream = (...parts: (string | undefined)[]) =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) if (part !== undefined) controller.enqueue(new TextEncoder().encode(part));
      if (parts.at(-1) !== undefined) controller.close();
    },
  });

describe("readJson", () => {
  it("should read JSON in UTF-8, as a whole and in parts", async () => {
    expect(await read('{"a":"é"}')).to.deep.equal({ a: "é" });
    expect(await read(stream('{"a"', ":1}"))).to.deep.equal({ a: 1 });
    for (const type of ["application/json;charset=utf-8", 'Application/JSON ; charset="UTF-8"']) {
      expect(await read("{}", { "content-type": type }), type).to.deep.equal({});
    }
  });

  it("should refuse other types, other characters and codings", async () => {
    for (const type of [
      "text/plain",
      "application/json; charset=latin1",
      "application/jsonx",
      "application/json, text/plain",
      "",
    ]) {
      expect(await read("{}", { "content-type": type }), type).to.equal("400 unsupported_type");
    }
    const coded = { "content-type": "application/json", "content-encoding": "gzip" };
    expect(await read("{}", coded)).to.equal("415 unsupported_coding");
    expect(await read(new Uint8Array([0x22, 0xff, 0x22]))).to.equal("400 invalid_json");
    expect(await read(new Uint8Array([0x7b, 0, 0x7d, 0]))).to.equal("400 invalid_json");
  });

  it("should refuse no content, too much of it, and what never ends", async () => {
    expect(await read(null)).to.equal("400 empty_content");
    expect(await read(" ".repeat(65))).to.equal("413 content_too_large");
    expect(await read(stream(" ".repeat(60), " ".repeat(60), undefined))).to.equal("413 content_too_large");
    expect(await read("{}", { "content-type": "application/json", "content-length": "65" })).to.equal(
      "413 content_too_large",
    );
    expect(await read(stream('{"a":', undefined))).to.equal("408 content_too_slow");
  });

  it("should say that content ended which broke off", async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    expect(await read(broken)).to.equal("400 content_ended");
  });
});
