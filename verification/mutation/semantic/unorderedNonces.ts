import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

const BIT = "1 << (nonce & 0xff);";

export const unorderedNonces: Slips = {
  file: "contracts/base/UnorderedNonces.sol",
  slips: statedIn("test/signatures/nonces.test.ts", [
    {
      rule: "A nonce that is made void twice stays void.",
      from: "_bitmaps[msg.sender][word] |= mask;",
      to: "_bitmaps[msg.sender][word] ^= mask;",
    },
    {
      rule: "A nonce that was used is among those that may be made void.",
      from: "        _bitmaps[msg.sender][word] |= mask;",
      to: `        if (_bitmaps[msg.sender][word] & mask != 0) revert NonceUsed(msg.sender, word << 8);
        _bitmaps[msg.sender][word] |= mask;`,
    },
    {
      rule: "NoncesInvalidated tells the mask that was given, and not all that is void by now.",
      from: "emit NoncesInvalidated(msg.sender, word, mask);",
      to: "emit NoncesInvalidated(msg.sender, word, _bitmaps[msg.sender][word]);",
    },
    {
      rule: "The empty mask makes nothing void, and not everything.",
      from: "_bitmaps[msg.sender][word] |= mask;",
      to: "_bitmaps[msg.sender][word] |= mask == 0 ? type(uint256).max : mask;",
    },
    {
      rule: "The empty mask is logged too.",
      from: "        _bitmaps[msg.sender][word] |= mask;",
      to: `        if (mask == 0) return;
        _bitmaps[msg.sender][word] |= mask;`,
    },
    {
      rule: "A nonce has no order: using one makes none below it void.",
      from: `_bitmaps[owner][nonce >> 8] |= ${BIT}`,
      to: "_bitmaps[owner][nonce >> 8] |= type(uint256).max >> (0xff - (nonce & 0xff));",
    },
    {
      rule: "A nonce is spent where it is looked for, and not in the word of its low bits.",
      from: `_bitmaps[owner][nonce >> 8] |= ${BIT}`,
      to: "_bitmaps[owner][nonce & 0xff] |= 1 << (nonce >> 8);",
    },
    {
      rule: "Two nonces are two, however far apart: the word is not cut off.",
      from: "return _bitmaps[owner][nonce >> 8] &",
      to: "return _bitmaps[owner][uint64(nonce >> 8)] &",
      more: [{ from: `_bitmaps[owner][nonce >> 8] |= ${BIT}`, to: `_bitmaps[owner][uint64(nonce >> 8)] |= ${BIT}` }],
    },
    {
      rule: "Whether a nonce is used is asked of its signer, and not of who asks.",
      from: "return _bitmaps[owner][nonce >> 8] &",
      to: "return _bitmaps[msg.sender][nonce >> 8] &",
    },
    {
      rule: "A nonce above 255 can be used once, as any other.",
      from: "if (isNonceUsed(owner, nonce)) revert NonceUsed(owner, nonce);",
      to: "if (nonce <= 0xff && isNonceUsed(owner, nonce)) revert NonceUsed(owner, nonce);",
    },
  ]),
};
