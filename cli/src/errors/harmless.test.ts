import { expect } from "chai";
import { harmless } from "./harmless.ts";

const message = (typed: string, names: string) => `error: unknown command '${typed}'\n(Did you mean ${names}?)`;

describe("harmless", () => {
  it("should leave out what is dangerous, and keep the rest", () => {
    expect(harmless(message("recover", "revoke"))).to.equal("error: unknown command 'recover'");
    expect(harmless(message("registry", "register"))).to.equal("error: unknown command 'registry'");
    expect(harmless(message("reno", "one of renew, revoke"))).to.equal(message("reno", "renew"));
    expect(harmless(message("lins", "one of link, links"))).to.equal(message("lins", "one of link, links"));
  });

  it("should keep what is dangerous for one slip", () => {
    for (const typed of ["revok", "revokee", "revoek", "rewoke"]) {
      expect(harmless(message(typed, "revoke"))).to.equal(message(typed, "revoke"));
    }
  });

  it("should leave out what is dangerous for a word of its own, although it is one letter away", () => {
    for (const [word, name] of [
      ["find", "fund"],
      ["turn", "burn"],
      ["avoid", "void"],
      ["get", "set"],
    ] as const) {
      expect(harmless(message(word, name))).to.equal(`error: unknown command '${word}'`);
    }
    expect(harmless(message("earn", "one of warn, burn"))).to.equal("error: unknown command 'earn'");
  });

  it("should never lead another option to the one that skips the question", () => {
    expect(harmless("error: unknown option '--tests'\n(Did you mean --yes?)")).to.equal(
      "error: unknown option '--tests'",
    );
    const near = "error: unknown option '--yess'\n(Did you mean --yes?)";
    expect(harmless(near)).to.equal(near);
  });

  it("should leave a message without a suggestion as it is", () => {
    expect(harmless("error: unknown command 'xyz'")).to.equal("error: unknown command 'xyz'");
  });
});
