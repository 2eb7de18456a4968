import { expect } from "chai";
import { vectorAccount, vectorNow, vectorVerifier } from "../../test/utils/signers.ts";
import { remembered } from "./remembered.ts";

describe("what is remembered", () => {
  it("should be worked out once for each key, an error too", () => {
    const asked: string[] = [];
    const lengthOf = remembered((key: string) => {
      asked.push(key);
      if (key === "") throw new Error("nothing");
      return key.length;
    });
    for (const key of ["a", "", "bc", "a", "", "constructor"]) {
      if (key === "") expect(() => lengthOf(key)).to.throw("nothing");
      else expect(lengthOf(key)).to.equal(key.length);
    }
    expect(asked).to.deep.equal(["a", "", "bc", "constructor"]);
  });

  it("should be a field of which eight signatures cover thirty members each, one that cannot be read too", async () => {
    const keyid = `eip155:1:${vectorAccount.address.toLowerCase()}`;
    const labels = Array.from({ length: 8 }, (_, index) => `s${index}`);
    const input = labels.map((label) => {
      const members = Array.from({ length: 27 }, (_, index) => `"x";key="${label}${index}"`).join(" ");
      const times = `created=${vectorNow};expires=${vectorNow + 60}`;
      const covered = `"@scheme" "@authority" "@method" "@path" "@query" ${members}`;
      return `${label}=(${covered});${times};nonce="${label}";keyid="${keyid}";tag="erc8128"`;
    });
    const all = labels.flatMap((label) => Array.from({ length: 27 }, (_, index) => `${label}${index}=1`)).join(", ");
    for (const field of [all, `${all}, =`]) {
      const headers = new Headers({
        ...{ "signature-input": input.join(", "), x: field },
        signature: labels.map((label) => `${label}=:AAAA:`).join(", "),
      });
      const read: string[] = [];
      const get = headers.get.bind(headers);
      const value = (name: string) => {
        read.push(name);
        return get(name);
      };
      Object.defineProperty(headers, "get", { value });
      const request = Object.defineProperty(new Request("https://api.example/"), "headers", { value: headers });
      const error: unknown = await vectorVerifier()
        .verify(request)
        .catch((reason: unknown) => reason);
      expect(error).to.include({ code: "bad_signature" });
      expect(read.filter((name) => name === "x")).to.have.length(1);
    }
  });
});
