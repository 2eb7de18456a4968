// The rows of the vectors of ERC-8395 about what a challenge says of grants.
import { expect } from "chai";
import { grantVectors } from "../../test/utils/grantVectors.ts";
import { readAuthority } from "./readAuthority.ts";

const accept =
  'direct=("@path");tag="erc8128", delegated=("@path" "erc-8128-delegation";sf);created;tag="erc8128-delegated"';
const whole = {
  permissions: '"orders:create orders:read"',
  audience: '"https://merchant.example"',
  max_validity: '"3600"',
  max_depth: '"2"',
};

const headersOf = (challenge: string, accepted = accept) =>
  new Headers({ "www-authenticate": challenge, "accept-signature": accepted });

/** What is read where some parameters are other ones. */
const read = (change: Partial<typeof whole> = {}, more = "") => {
  const parameters = Object.entries({ ...whole, ...change }).map(([name, value]) => `${name}=${value}`);
  return readAuthority(headersOf(`ERC8128 error="insufficient_permissions", ${parameters.join(", ")}${more}`));
};

const nothing = { takesGrants: true, algorithms: [] };
const all = {
  ...{ permissions: ["orders:create", "orders:read"], audience: "https://merchant.example" },
  ...{ maxValidity: 3_600, maxDepth: 2, takesGrants: true, algorithms: [] },
};

const rows: Readonly<Record<number, () => void>> = {
  1: () => {
    const many = Array.from({ length: 33 }, (_, index) => `p${index}`).join(" ");
    for (const wrong of ["", many, "a a", "p".repeat(257), "a  b", " a", "a,b", "a\tb", "1a"]) {
      expect(read({ permissions: `"${wrong}"` }), wrong.slice(0, 40)).to.deep.equal(nothing);
    }
    expect(read({ permissions: `"${many.slice(0, -4)}"` }).permissions).to.have.length(32);
  },
  2: () => {
    for (const wrong of [
      "http://merchant.example",
      "https://merchant.example/",
      "https://*.example",
      "merchant.example",
    ]) {
      expect(read({ audience: `"${wrong}"` }), wrong).to.deep.equal(nothing);
    }
  },
  3: () => {
    for (const name of ["max_validity", "max_depth"]) {
      for (const wrong of ['"0"', '"01"', '"-1"', '"+1"', '"1.0"', '"9007199254740992"', "2", '""', '"a"', '"1 "']) {
        expect(read({ [name]: wrong }), `${name}=${wrong}`).to.deep.equal(nothing);
      }
    }
    expect(read({ max_depth: '"9007199254740991"' })).to.have.property("maxDepth", 9_007_199_254_740_991);
  },
  4: () => {
    for (const [name, value] of Object.entries(whole)) {
      expect(read({}, `, ${name.toUpperCase()}=${value}`), name).to.deep.equal(nothing);
    }
  },
  5: () => expect(read({}, ', unknown=x, unknown="y"')).to.deep.equal(all),
  6: () => {
    const accepted = accept.replace(";created", ';alg="ecdsa-p256-sha256";created');
    expect(readAuthority(headersOf("ERC8128", accepted)).algorithms).to.deep.equal(["ecdsa-p256-sha256"]);
  },
  7: () => {
    for (const accepted of [
      ...["", "(", 'direct=("@path");tag="erc8128"', accept.replace(";sf", ""), accept.replace("-delegated", "-other")],
      ...['delegated;tag="erc8128-delegated"', `${accept}, x="${"a".repeat(16_384)}"`],
    ]) {
      const { takesGrants, maxDepth } = readAuthority(headersOf('ERC8128 max_depth="2"', accepted));
      expect([takesGrants, maxDepth], accepted.slice(0, 60)).to.deep.equal([false, 2]);
    }
  },
};

describe("what a challenge says of grants", () => {
  it("should be read from among other challenges", () => {
    expect(read()).to.deep.equal(all);
    const challenge = 'Basic realm="x", permissions="a", erc8128 max_depth="3", Bearer max_depth="9"';
    expect(readAuthority(headersOf(challenge))).to.deep.equal({ ...nothing, maxDepth: 3 });
    expect(readAuthority(new Headers())).to.deep.equal({ takesGrants: false, algorithms: [] });
  });

  for (const { set, row, mutation, expect: expected } of grantVectors.negative) {
    if (!set.startsWith("challenge-metadata")) continue;
    it(`should hold, row ${row}: ${mutation} → ${expected}`, () => {
      const check = rows[row];
      if (check === undefined) throw new Error(`Row ${row} has no test.`);
      check();
    });
  }
});
