import type { Slips } from "./slip.ts";

export const subjectRing: Slips = {
  file: "contracts/libraries/SubjectRing.sol",
  slips: [
    {
      rule: "The first vouch for a subject's next key leaves the warnings about it standing.",
      from: "    uint256 private constant KEPT_MASK = ((1 << RingHeader.BITS) - 1) | WARNED;",
      to: "    uint256 private constant KEPT_MASK = (1 << RingHeader.BITS) - 1;",
      first: ["test/VouchRegistry/rotation.test.ts"],
    },
    {
      rule: "The first vouch for a subject's next key leaves its list whole.",
      from: "    uint256 private constant KEPT_MASK = ((1 << RingHeader.BITS) - 1) | WARNED;",
      to: "    uint256 private constant KEPT_MASK = ((1 << 18) - 1) | WARNED;",
      first: ["test/VouchRegistry/rotation.test.ts"],
    },
    {
      rule: "A warning counts to its end, though all vouches have ended before.",
      from: "        return SubjectRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      to: "        uint256 kept = buckets == 0 ? word & REST_MASK & ~WARNED : word & REST_MASK;\n        return SubjectRing.wrap(RingHeader.rebased(kept, period) | (buckets << BUCKETS_AT));",
      first: ["test/VouchRegistry/warnings.test.ts"],
    },
    {
      rule: "A subject's list stays, though everything in it has ended.",
      from: "        return SubjectRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      to: "        if (buckets == 0) word = RingHeader.withHead(word, 0);\n        return SubjectRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      first: ["test/VouchRegistry/lists.test.ts"],
    },
    {
      rule: "A subject has room for so many points at a time, whatever of them ends first.",
      from: "            return ExpiryRing.capacity(WIDTH) - self.total();",
      to: "            return ExpiryRing.capacity(WIDTH) - ((SubjectRing.unwrap(self) >> BUCKETS_AT) & ((1 << WIDTH) - 1));",
      first: ["test/VouchRegistry/ringFull.test.ts"],
    },
  ],
};

export const voucherRing: Slips = {
  file: "contracts/libraries/VoucherRing.sol",
  slips: [
    {
      rule: "Every burn leaves a scar, and not only the first.",
      from: "        return VoucherRing.wrap(self.scars() == type(uint8).max ? word : word + (1 << SCARS_AT));",
      to: "        return VoucherRing.wrap(self.scars() != 0 ? word : word + (1 << SCARS_AT));",
      first: ["test/VouchRegistry/burn.test.ts"],
    },
    {
      rule: "A burn leaves one scar, however much it burns.",
      from: "word + (1 << SCARS_AT));",
      to: "word + (amount << SCARS_AT));",
      first: ["test/VouchRegistry/burn.test.ts"],
    },
    {
      rule: "Scars are counted up to 255 and stay there; they do not begin again.",
      from: "        return VoucherRing.wrap(self.scars() == type(uint8).max ? word : word + (1 << SCARS_AT));",
      to: "        uint256 scars_ = (uint256(self.scars()) + 1) & type(uint8).max;\n        return VoucherRing.wrap((word & ~(uint256(type(uint8).max) << SCARS_AT)) | (scars_ << SCARS_AT));",
      first: ["test/VouchRegistry/burn.test.ts"],
    },
    {
      rule: "What is burned adds up: a second burn does not replace the first.",
      from: "        uint256 word = VoucherRing.unwrap(self) + (amount << BURNED_AT);",
      to: "        uint256 word = (VoucherRing.unwrap(self) & ~(BURNED_MASK << BURNED_AT)) | (amount << BURNED_AT);",
      first: ["test/VouchRegistry/burn.test.ts"],
    },
    {
      rule: "What was burned stays burned, when everything that was locked is released too.",
      from: "        return VoucherRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      to: "        if (buckets == 0) word &= ~(BURNED_MASK << BURNED_AT);\n        return VoucherRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      first: ["test/VouchRegistry/burn.test.ts"],
    },
    {
      rule: "Scars stay for ever, when everything that was locked is released too.",
      from: "        return VoucherRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      to: "        if (buckets == 0) word &= ~(uint256(type(uint8).max) << SCARS_AT);\n        return VoucherRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      first: ["test/VouchRegistry/burn.test.ts"],
    },
    {
      rule: "Everybody for whom a voucher staked stays in its list, though everything is released.",
      from: "        return VoucherRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      to: "        if (buckets == 0) word = RingHeader.withHead(word, 0);\n        return VoucherRing.wrap(RingHeader.rebased(word & REST_MASK, period) | (buckets << BUCKETS_AT));",
      first: ["test/VouchRegistry/lists.test.ts"],
    },
  ],
};
