import { expect } from "chai";
import { aboutKeys, meantOption } from "./misspelt.ts";

const message = (option: string) => `error: unknown option '${option}'`;

describe("meantOption", () => {
  it("should know what other tools call an option", () => {
    expect(meantOption(message("--rpc-url"))).to.equal(`${message("--rpc-url")}\n(Did you mean --rpc?)`);
    expect(meantOption(message("--account"))).to.equal(`${message("--account")}\n(Did you mean --key?)`);
  });

  it("should leave out what came with it", () => {
    const given = message("--rpc-url=https://node.example/secret");
    expect(meantOption(given)).to.equal(`${message("--rpc-url")}\n(Did you mean --rpc?)`);
    expect(meantOption(message("--private-key=0x12"))).to.equal(message("--private-key"));
  });

  it("should leave a suggestion, and what nobody calls so, as they are", () => {
    for (const said of [`${message("--jsn")}\n(Did you mean --json?)`, message("--xyz"), message("--constructor")]) {
      expect(meantOption(said)).to.equal(said);
    }
  });
});

describe("aboutKeys", () => {
  it("should say where a key comes from, to whoever gave one as an argument", () => {
    for (const option of ["--private-key", "--private-key=0x12", "--privatekey", "--mnemonic"]) {
      expect(aboutKeys(message(option)), option).to.match(/^A private key is never an argument/);
    }
    expect(aboutKeys(message("--private"))).to.equal(undefined);
  });
});
