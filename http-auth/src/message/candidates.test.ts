import { expect } from "chai";
import fc from "fast-check";
import { LIMITS } from "../constants.ts";
import { Refusal } from "../errors/refusal.ts";
import { signatureBase } from "./base.ts";
import { parseCandidates } from "./candidates.ts";
import { messageOf } from "./target.ts";

const of = (input: string, signature: string) => parseCandidates(new Headers({ "signature-input": input, signature }));

/** What comes of each member: its label, or why it is none. */
const outcomes = (input: string, signature: string) => {
  const parsed = of(input, signature);
  if (parsed instanceof Refusal) return parsed.code;
  return parsed.map((one) => (one instanceof Refusal ? one.code : one.label));
};

const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        "a=",
        "b=",
        "(",
        ")",
        '"@path"',
        '"@query"',
        '"content-type"',
        " ",
        ";",
        ",",
        ", ",
        '"x";sf',
        ";key=1",
        "token",
      ],
      ...[
        ';tag="erc8128"',
        ";tag=erc8128",
        ";created=1700000000",
        ";expires=1.0",
        ":aGk=:",
        "1",
        "?1",
        '";"',
        "é",
        "\t",
      ],
      ...['a=("@path" "@query");tag="erc8128"', 'b=("x");created=1;tag="erc8128"', "a=:aGk=:", "b=:aGk=:", "c"],
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(""));

describe("the signatures of a request", () => {
  it("should be those of this profile, in their order", () => {
    const input = 'z=();tag="erc8128", a=("@path");tag="erc8128", other=("@path");tag="other", plain=()';
    expect(outcomes(input, "a=:aGk=:, z=:aGk=:, other=:aGk=:")).to.deep.equal(["z", "a"]);
    expect(outcomes("", "")).to.deep.equal([]);
    expect(outcomes('a;tag="erc8128"', "")).to.deep.equal(["signature_input_invalid"]);
  });

  it("should be read from lines of one field together, as HTTP has it", () => {
    const headers = new Headers({ signature: "a=:aGk=:, b=:aGk=:" });
    headers.append("Signature-Input", 'a=();tag="erc8128"');
    headers.append("signature-input", 'b=();tag="erc8128"');
    const parsed = parseCandidates(headers);
    expect(parsed).to.have.length(2);
    // The last one of a label counts, in both fields.
    headers.append("signature-input", 'a=("@path");tag="other"');
    expect(parseCandidates(headers)).to.have.length(1);
  });

  for (const [what, input] of Object.entries({
    "has items that are no text": 'a=(token);tag="erc8128"',
    "covers a component twice": 'a=("@path" "@path");tag="erc8128"',
    "covers one twice by the order of its parameters": 'a=("x";sf;key="b" "x";key="b";sf);tag="erc8128"',
    "is no list": 'a="@path";tag="erc8128"',
  })) {
    it(`should be passed over where one ${what}`, () => {
      expect(outcomes(`${input}, b=();tag="erc8128"`, "a=:aGk=:, b=:aGk=:")).to.deep.equal([
        "signature_input_invalid",
        "b",
      ]);
    });
  }

  it("should be passed over where one is beyond its limits, and counted before", () => {
    const list = (count: number) => Array.from({ length: count }, (_, index) => `"x${index}"`).join(" ");
    const large = `a=(${list(LIMITS.components + 1)});tag="erc8128"`;
    expect(outcomes(`${large}, b=();tag="erc8128"`, "a=:aGk=:, b=:aGk=:")).to.deep.equal(["signature_too_large", "b"]);
    const many = Array.from({ length: LIMITS.candidates + 1 }, (_, index) => `k${index}=();tag="erc8128"`).join();
    expect(outcomes(many, "a=:aGk=:")).to.equal("signature_too_large");
  });

  it("should be read with thousands of others beside them", () => {
    const many = Array.from({ length: 2_700 }, (_, index) => `k${index}`).join();
    expect(outcomes(`${many}, a=();tag="erc8128"`, `${many}, a=:aGk=:`)).to.deep.equal(["a"]);
    expect(outcomes(`${many}, ${many}`, "a=:aGk=:")).to.equal("signature_too_large");
  });

  it("should be read, or refused by a code, whatever the fields are", () => {
    const anything = fc.oneof(
      pieces,
      fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) }),
    );
    const property = fc.property(anything, anything, (input, signature) => {
      const parsed = of(input, signature);
      if (parsed instanceof Refusal) {
        expect(parsed.code).to.be.oneOf(["signature_input_invalid", "signature_too_large"]);
        return;
      }
      expect(parsed.length).to.be.at.most(LIMITS.candidates);
      const message = messageOf(new Request("https://api.example/a?b", { headers: { "content-type": "text/plain" } }));
      for (const candidate of parsed) {
        if (candidate instanceof Refusal) continue;
        expect(candidate.components.length).to.be.at.most(LIMITS.components);
        expect(candidate.parameters.size).to.be.at.most(LIMITS.parameters);
        const base = signatureBase(message, candidate);
        if (base !== undefined) expect(new TextDecoder().decode(base)).to.match(/^[\t\n\x20-\x7e]*$/);
      }
    });
    fc.assert(property, { numRuns: 5_000 });
  });
});
