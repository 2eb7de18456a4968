import { expect } from "chai";
import { toHex } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { KNOWN_KEYS, WORDS } from "./known.ts";

describe("The accounts that everybody knows", () => {
  it("should be those of the words", () => {
    const derived = KNOWN_KEYS.map((_, addressIndex) =>
      toHex(mnemonicToAccount(WORDS, { addressIndex }).getHdKey().privateKey ?? new Uint8Array()),
    );
    expect(KNOWN_KEYS).to.deep.equal(derived);
  });
});
