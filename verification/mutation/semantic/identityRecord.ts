import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

export const identityRecord: Slips = {
  file: "contracts/libraries/IdentityRecord.sol",
  slips: [
    ...statedIn("test/IdentityRegistry/ownerKind.test.ts", [
      {
        rule: "An owner that is not proven to be a key does not inherit the proof of the one before.",
        from: "& ~(uint256(type(uint160).max) | KEY_OWNED);",
        to: "& ~uint256(type(uint160).max);",
      },
      {
        rule: "A suspension leaves what the owner was proven to be.",
        from: "return IdentityRecord.wrap((word & ~(STATUS_MASK << STATUS_AT)) | (uint256(status_) << STATUS_AT));",
        to: "return IdentityRecord.wrap((word & ((1 << STATUS_AT) - 1)) | (uint256(status_) << STATUS_AT));",
      },
      {
        rule: "Arbitration leaves what the owner was proven to be.",
        from: "word | ARBITER : word & ~ARBITER);",
        to: "word | ARBITER : word & ~(ARBITER | KEY_OWNED));",
      },
    ]),
    ...statedIn("test/IdentityRegistry/pulse.test.ts", [
      {
        rule: "A check-in moves the start of tenure by what a silence lost, and not by the silence.",
        from: "uint256 start = now_ - self.tenure() - credit;",
        to: "uint256 start = credit == now_ - self.lastSeen() ? self.tenureStart() : now_ - self.tenure();",
      },
      {
        rule: "A check-in leaves the key epoch.",
        from: "& ~TIMES_MASK;",
        to: "& ~(TIMES_MASK | (uint256(0xff) << KEY_EPOCH_AT));",
      },
      {
        rule: "A check-in leaves arbitration and what the owner was proven to be.",
        from: "& ~TIMES_MASK;",
        to: "& ~(TIMES_MASK | KEY_OWNED | ARBITER);",
      },
    ]),
    ...statedIn("test/IdentityRegistry/rotateKey.test.ts", [
      {
        rule: "The key epoch counts every change, beyond the first too.",
        from: "IdentityRecord.wrap(IdentityRecord.unwrap(self) + (1 << KEY_EPOCH_AT));",
        to: "IdentityRecord.wrap(IdentityRecord.unwrap(self) | (1 << KEY_EPOCH_AT));",
      },
      {
        rule: "A key change leaves arbitration.",
        first: ["test/IdentityRegistry/arbitration.test.ts"],
        from: "& ~(uint256(type(uint160).max) | KEY_OWNED);",
        to: "& ~(uint256(type(uint160).max) | KEY_OWNED | ARBITER);",
      },
    ]),
    ...statedIn("test/IdentityRegistry/register.test.ts", [
      {
        rule: "Registering counts as being seen: tenure begins with nothing, and not with the age of the chain.",
        from: "(now_ << TENURE_START_AT) |",
        to: "((now_ - 1) << TENURE_START_AT) |",
      },
      {
        rule: "Nobody is an arbiter by registering.",
        from: "(uint256(Status.Active) << STATUS_AT)\n            );",
        to: "(uint256(Status.Active) << STATUS_AT) | ARBITER\n            );",
      },
    ]),
  ],
};
