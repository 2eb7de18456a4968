import type { Slips } from "./slip.ts";

export const edge: Slips = {
  file: "contracts/libraries/Edge.sol",
  slips: [
    {
      rule: "A stake is released one period after it ends.",
      from: "            return Edge.wrap(word | stake_ | (endPeriod_ << END_AT) | ((endPeriod_ + 1) << RELEASE_AT));",
      to: "            uint256 release = endPeriod_ > self.releasePeriod() ? endPeriod_ + 1 : self.releasePeriod();\n            return Edge.wrap(word | stake_ | (endPeriod_ << END_AT) | (release << RELEASE_AT));",
      first: ["test/VouchRegistry/renew.test.ts"],
    },
    {
      rule: "An edge that is made anew keeps its place in both lists.",
      from: "uint256 links = Edge.unwrap(self) & ((ID_MASK << NEXT_VOUCHER_AT) | (ID_MASK << NEXT_SUBJECT_AT));",
      to: "uint256 links = Edge.unwrap(self) & (ID_MASK << NEXT_VOUCHER_AT);",
      first: ["test/VouchRegistry/lists.test.ts"],
    },
    {
      rule: "An edge that is made anew after its release has the arbiter that is named, and nothing of the former.",
      from: "uint256 links = Edge.unwrap(self) & ((ID_MASK << NEXT_VOUCHER_AT) | (ID_MASK << NEXT_SUBJECT_AT));",
      to: "uint256 links = (Edge.unwrap(self) >> ARBITER_AT) << ARBITER_AT;",
      first: ["test/VouchRegistry/anew.test.ts"],
    },
    {
      rule: "An edge that is made anew tells the voucher's key epoch of that moment, not that of the edge before.",
      from: "(uint256(stance_) << STANCE_AT) | (uint256(EdgeState.Live) << STATE_AT) | (now_ << SINCE_AT);",
      to: "(uint256(stance_) << STANCE_AT) | (uint256(EdgeState.Live) << STATE_AT) | (now_ << SINCE_AT);\n        links |= Edge.unwrap(self) & (EPOCH_MASK << VOUCHER_EPOCH_AT);",
      more: [
        {
          from: "        return Edge.wrap(word | (uint256(subject_) << SUBJECT_EPOCH_AT) | (uint256(voucher_) << VOUCHER_EPOCH_AT));",
          to: "        if (self.voucherKeyEpoch() != 0) voucher_ = self.voucherKeyEpoch();\n        return Edge.wrap(word | (uint256(subject_) << SUBJECT_EPOCH_AT) | (uint256(voucher_) << VOUCHER_EPOCH_AT));",
        },
      ],
      first: ["test/VouchRegistry/rotation.test.ts"],
    },
    {
      rule: "The key epochs of a renewal take the place of the former ones.",
      from: "        uint256 word = Edge.unwrap(self) & ~((EPOCH_MASK << SUBJECT_EPOCH_AT) | (EPOCH_MASK << VOUCHER_EPOCH_AT));",
      to: "        uint256 word = Edge.unwrap(self);",
      first: ["test/VouchRegistry/rotation.test.ts"],
    },
    {
      rule: "The date of added points takes the place of the former one.",
      from: "        return Edge.wrap((Edge.unwrap(self) & ~(uint256(type(uint40).max) << SINCE_AT)) | (since_ << SINCE_AT));",
      to: "        return Edge.wrap(Edge.unwrap(self) | (since_ << SINCE_AT));",
      first: ["test/VouchRegistry/renew.test.ts"],
    },
    {
      rule: "An edge that ends early tells the period in which it would have ended.",
      from: "        return Edge.wrap(word | (uint256(state_) << STATE_AT) | (releasePeriod_ << RELEASE_AT));",
      to: "        word = (word & ~(PERIOD_MASK << END_AT)) | ((releasePeriod_ - 1) << END_AT);\n        return Edge.wrap(word | (uint256(state_) << STATE_AT) | (releasePeriod_ << RELEASE_AT));",
      first: ["test/VouchRegistry/revoke.test.ts"],
    },
    {
      rule: "An edge that ends early tells when it is released.",
      from: "        uint256 word = Edge.unwrap(self) & ~((ENUM_MASK << STATE_AT) | (PERIOD_MASK << RELEASE_AT));\n        return Edge.wrap(word | (uint256(state_) << STATE_AT) | (releasePeriod_ << RELEASE_AT));",
      to: "        uint256 word = Edge.unwrap(self) & ~(ENUM_MASK << STATE_AT);\n        releasePeriod_;\n        return Edge.wrap(word | (uint256(state_) << STATE_AT));",
      first: ["test/VouchRegistry/revoke.test.ts"],
    },
    {
      rule: "What is not for the subject is not always against it: a pair may have no edge.",
      from: "        return (Edge.unwrap(self) >> STANCE_AT) & ENUM_MASK == uint256(Stance.Against);",
      to: "        return !self.isFor();",
      first: ["test/VouchRegistry/disown.test.ts"],
    },
    {
      rule: "A burn takes points, and nothing of the date that is stored beside them.",
      from: "            return Edge.wrap(Edge.unwrap(self) - amount);",
      to: "            return Edge.wrap((Edge.unwrap(self) - amount) & ~(self.stake() == amount ? uint256(type(uint40).max) << SINCE_AT : 0));",
      first: ["test/VouchRegistry/burn.test.ts"],
    },
    {
      rule: "A refusal lasts for as long as the edge is locked, through a burn too.",
      from: "            return Edge.wrap(Edge.unwrap(self) - amount);",
      to: "            return Edge.wrap((Edge.unwrap(self) - amount) & ~(self.stake() == amount ? REFUSED : 0));",
      first: ["test/VouchRegistry/anew.test.ts"],
    },
    {
      rule: "A refusal lasts for as long as the edge is locked, through the revocation of a warning over it too.",
      from: "        uint256 word = Edge.unwrap(self) & ~((ENUM_MASK << STATE_AT) | (PERIOD_MASK << RELEASE_AT));",
      to: "        uint256 word = Edge.unwrap(self) & ~((ENUM_MASK << STATE_AT) | (PERIOD_MASK << RELEASE_AT) | REFUSED);",
      first: ["test/VouchRegistry/anew.test.ts"],
    },
    {
      rule: "A refusal lasts for as long as the edge is locked, through the renewal of a warning over it too.",
      from: "            uint256 word = Edge.unwrap(self) & ~(STAKE_MASK | (PERIOD_MASK << END_AT) | (PERIOD_MASK << RELEASE_AT));",
      to: "            uint256 word = Edge.unwrap(self) & ~(REFUSED | STAKE_MASK | (PERIOD_MASK << END_AT) | (PERIOD_MASK << RELEASE_AT));",
      first: ["test/VouchRegistry/anew.test.ts"],
    },
  ],
};
