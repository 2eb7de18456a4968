import { expect } from "chai";
import { createLogger, type LoggerParameters } from "./logger.ts";

function written(parameters: LoggerParameters = {}) {
  const lines: string[] = [];
  return { lines, logger: createLogger({ ...parameters, write: (line) => lines.push(line) }) };
}

describe("createLogger", () => {
  it("should write a JSON object a line, with the fields that it was bound to", () => {
    const { lines, logger } = written();
    logger.child({ part: "index" }).warn("The node is behind.\nBy far.", { lag: 5n, error: new Error("slow") });
    logger.debug("unheard");
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^[^\n]*\n$/);
    const { time, ...rest } = JSON.parse(lines[0] ?? "");
    expect(new Date(time).toISOString()).to.equal(time);
    expect(rest).to.deep.equal({
      level: "warn",
      message: "The node is behind.\nBy far.",
      part: "index",
      lag: "5",
      error: { name: "Error", message: "slow" },
    });
  });

  it("should write no secret, wherever it stands", () => {
    const { lines, logger } = written({ secrets: ["0xabcdef", "https://node/key"] });
    const cause = new Error("POST https://node/key failed for postgres://tenure:hunter2@db/x");
    logger.error("Key 0xabcdef of Bearer eyJhbGciOi.x", {
      headers: { Authorization: "anything", accept: "json" },
      error: new Error("no", { cause }),
      list: [{ apiToken: "anything" }, "0xabcdef"],
    });
    const text = lines.join("");
    for (const hidden of ["abcdef", "node/key", "hunter2", "eyJ", "anything"]) expect(text).to.not.contain(hidden);
    expect(text).to.contain('"accept":"json"').and.to.contain("postgres://tenure:[redacted]@db");
  });

  it("should write lines for people, which nobody can break", () => {
    const { lines, logger } = written({ format: "text", level: "debug" });
    logger.debug("first\nsecond", { who: "a\nb" });
    expect(lines[0]).to.match(/^\S+Z DEBUG first second who="a\\nb"\n$/);
  });

  it("should get along with what refers to itself", () => {
    const { lines, logger } = written();
    const own: Record<string, unknown> = {};
    own.own = own;
    logger.info("round", own);
    expect(lines[0]).to.contain("[…]");
  });
});
