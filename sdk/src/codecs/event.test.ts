import { expect } from "chai";
import fc from "fast-check";
import {
  type Abi,
  type AbiEvent,
  decodeEventLog,
  encodeAbiParameters,
  type Hex,
  keccak256,
  toEventSelector,
} from "viem";
import { agentLinksAbi } from "../abi/agentLinks.ts";
import { delegationRegistryAbi } from "../abi/delegationRegistry.ts";
import { identityRegistryAbi } from "../abi/identityRegistry.ts";
import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import { decodeEvent } from "./event.ts";
import * as decoders from "./eventDecoders.ts";

type Log = { topics: Hex[]; data: Hex };

/** The registry of revocations has an event of the same name as the registry of vouches. */
const isGrants = (item: object) => (delegationRegistryAbi as readonly object[]).includes(item);
const nameOf = (item: AbiEvent) => (isGrants(item) && item.name === "Revoked" ? "GrantRevoked" : item.name);
const abi: Abi = [...identityRegistryAbi, ...vouchRegistryAbi, ...agentLinksAbi, ...delegationRegistryAbi].filter(
  (item) => item.type === "event" && nameOf(item) in decoders,
);
const events = abi as readonly AbiEvent[];

/** The same by viem alone, which looks at every event for each log. */
function byViem({ topics, data }: Log): unknown {
  try {
    const item = events.find((event) => toEventSelector(event) === topics[0]) as AbiEvent;
    const { args } = decodeEventLog({ abi: [item], topics: topics as [Hex, ...Hex[]], data });
    const eventName = nameOf(item);
    const decode = (decoders as Record<string, (args: never) => object>)[eventName];
    return { eventName, ...decode?.(args as never) };
  } catch {
    return undefined;
  }
}

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const hex = (bytes: number) =>
  fc.oneof(fc.constant("0".repeat(bytes * 2)), digits(bytes * 2)).map((text): Hex => `0x${text}`);
const content = fc.uint8Array({ maxLength: 100 }).map((bytes): Hex => `0x${Buffer.from(bytes).toString("hex")}`);
const values: Record<string, fc.Arbitrary<unknown>> = {
  address: hex(20),
  bool: fc.boolean(),
  bytes: content,
  bytes32: hex(32),
  string: fc.oneof(fc.string({ unit: "grapheme", maxLength: 80 }), fc.constant("\uFEFFmarked")),
  uint8: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 255 })),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  uint40: fc.nat({ max: 2 ** 40 - 1 }),
  // An edge has two bits for its stance of which one value is none.
  uint256: fc.oneof(
    fc.constant(0n),
    fc.bigInt({ min: 0n, max: 2n ** 98n }),
    fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  ),
};

const log: fc.Arbitrary<Log> = fc.constantFrom(...events).chain((item) =>
  fc.tuple(...item.inputs.map(({ type }) => values[type] as fc.Arbitrary<unknown>)).map((args) => {
    const inputs = item.inputs.map((input, place) => ({ ...input, value: args[place] }));
    const rest = inputs.filter(({ indexed }) => !indexed);
    const topics = inputs
      .filter(({ indexed }) => indexed)
      .map(({ type, value }) =>
        type === "string" ? keccak256("0x") : encodeAbiParameters([{ type }], [value as never]),
      );
    const data = encodeAbiParameters(
      rest,
      rest.map(({ value }) => value as never),
    );
    return { topics: [toEventSelector(item), ...topics], data };
  }),
);

/** A log in which one text is another. */
function changed({ topics, data }: Log, place: number, change: (text: Hex) => string): Log {
  const texts = [...topics.slice(1), data];
  const at = place % texts.length;
  texts[at] = change(texts[at] as Hex) as Hex;
  return { topics: [topics[0] as Hex, ...texts.slice(0, -1)], data: texts.at(-1) as Hex };
}

function expectTheSame(log: Log): void {
  expect(decodeEvent(log)).to.deep.equal(byViem(log));
}

describe("decodeEvent", () => {
  it("should decode every event as viem does", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(log, fc.boolean(), (log, isUpper) => {
        const found = decodeEvent(log);
        if (found) seen.add(found.eventName);
        expectTheSame(log);
        if (isUpper) for (const place of [0, 1, 2, 3]) expectTheSame(changed(log, place, capitals));
      }),
      { numRuns: 2_000 },
    );
    expect([...seen].sort()).to.deep.equal(Object.keys(decoders).sort());
  });

  it("should do as viem does with a log of which a digit is another one, or none", () => {
    const digit = fc.constantFrom(..."0123456789abcdef", "g", " ", "");
    fc.assert(
      fc.property(log, fc.nat(), fc.nat(), digit, (log, text, place, digit) => {
        const change = (value: Hex) => {
          const at = 2 + (place % Math.max(1, value.length - 2));
          return `${value.slice(0, at)}${digit}${value.slice(at + 1)}`;
        };
        expectTheSame(changed(log, text, change));
      }),
      { numRuns: 4_000 },
    );
  });

  it("should do as viem does with a word that is another one: too large, an offset, a length", () => {
    const word = fc.oneof(
      digits(64),
      fc.nat({ max: 300 }).map((value) => value.toString(16).padStart(64, "0")),
      fc.constantFrom("f".repeat(64), `${"0".repeat(51)}1${"0".repeat(12)}`, `${"f".repeat(24)}${"1".repeat(40)}`),
    );
    fc.assert(
      fc.property(log, fc.nat(), fc.nat(), word, (log, text, place, word) => {
        const change = (value: Hex) => {
          const at = 2 + 64 * (place % Math.max(1, Math.floor((value.length - 2) / 64)));
          return `${value.slice(0, at)}${word}${value.slice(at + 64)}`;
        };
        expectTheSame(changed(log, text, change));
      }),
      { numRuns: 4_000 },
    );
  });

  it("should do as viem does with a text that is cut off, or goes on", () => {
    fc.assert(
      fc.property(log, fc.nat(), fc.nat(), fc.nat({ max: 70 }), (log, text, cut, more) => {
        expectTheSame(changed(log, text, (value) => value.slice(0, cut % (value.length + 1))));
        expectTheSame(changed(log, text, (value) => `${value}${"0".repeat(more)}`));
      }),
      { numRuns: 2_000 },
    );
  });

  it("should do as viem does with too few topics, with too many, and with an unknown one", () => {
    fc.assert(
      fc.property(log, log, fc.nat({ max: 4 }), ({ topics, data }, other, count) => {
        expectTheSame({ topics: topics.slice(0, count), data });
        expectTheSame({ topics: [...topics, ...other.topics], data });
        expectTheSame({ topics: [other.topics[0] as Hex, ...topics.slice(1)], data });
        expectTheSame({ topics: [keccak256(data), ...topics.slice(1)], data });
        expectTheSame({ topics: topics.map((topic) => topic.toUpperCase() as Hex), data });
        expectTheSame({ topics, data: undefined as unknown as Hex });
      }),
      { numRuns: 500 },
    );
  });

  it("should decode an address the same, however many came before", () => {
    const item = events.find(({ name }) => name === "OwnerProven") as AbiEvent;
    const topic = (value: number) => `0x${value.toString(16).padStart(64, "0")}` as Hex;
    const logOf = (owner: number): Log => ({ topics: [toEventSelector(item), topic(1), topic(owner)], data: "0x" });
    for (let owner = 1; owner <= 10_000; owner++) decodeEvent(logOf(owner));
    for (const owner of [1, 5_000, 10_000]) expectTheSame(logOf(owner));
  });
});

const capitals = (text: Hex) => `0x${text.slice(2).toUpperCase()}`;
