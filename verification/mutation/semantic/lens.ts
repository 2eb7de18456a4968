import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

const PROFILES = "test/RegistryLens/profiles.test.ts";
const KEYS = "test/RegistryLens/profilesOf.test.ts";

export const registryLens: Slips = {
  file: "contracts/RegistryLens.sol",
  slips: [
    ...statedIn(KEYS, [
      {
        rule: "A profile tells what the address is to the identity, and a former key is not its owner.",
        from: "            page[i] = _profile(keys[i], role, id);",
        to: "            page[i] = _profile(keys[i], id == 0 ? KeyRole.None : KeyRole.Owner, id);",
      },
      {
        rule: "A former key is answered with the identity that it once owned.",
        from: "            page[i] = _profile(keys[i], role, id);",
        to: "            page[i] = _profile(keys[i], role, role == KeyRole.Former ? 0 : id);",
      },
      {
        rule: "The profile of an address names that address, also where it is the wallet.",
        from: "        profile.identity = _identities.identityOf(id);",
        to: "        profile.identity = _identities.identityOf(id);\n        if (key != address(0) && id != 0) profile.key = profile.identity.owner;",
      },
      {
        rule: "Addresses are answered in the order asked, each in its own row.",
        from: "            page[i] = _profile(keys[i], role, id);",
        to: "            page[keys.length - 1 - i] = _profile(keys[i], role, id);",
      },
      {
        rule: "A suspended identity's wallet is answered with the identity.",
        from: "            page[i] = _profile(keys[i], role, id);",
        to: "            bool isUsable = role != KeyRole.Wallet || _identities.getAgentWallet(id) == keys[i];\n            page[i] = _profile(keys[i], role, isUsable ? id : 0);",
      },
    ]),
    ...statedIn(PROFILES, [
      {
        rule: "An identity is asked about by its number: its profile names no address that was asked about.",
        from: "        profile.identity = _identities.identityOf(id);",
        to: "        profile.identity = _identities.identityOf(id);\n        if (key == address(0)) profile.key = profile.identity.owner;",
      },
      {
        rule: "An unknown identity has a profile that says so, and spoils no page.",
        from: "        profile.identity = _identities.identityOf(id);",
        to: "        _identities.ownerOf(id);\n        profile.identity = _identities.identityOf(id);",
      },
      {
        rule: "A retired identity has its profile like any other.",
        from: "        profile.identity = _identities.identityOf(id);",
        to: "        if (id != 0 && _identities.tenureOf(id) != 0) _identities.ownerOf(id);\n        profile.identity = _identities.identityOf(id);",
      },
      {
        rule: "The points of a profile are those of `standingOf`, each under its own name.",
        from: "(s.standing, s.staked, s.burned, s.free, s.scars) = vouches.standingOf(id);",
        to: "(s.standing, s.staked, s.free, s.burned, s.scars) = vouches.standingOf(id);",
      },
      {
        rule: "The sums of a profile are those of now, not of the next period.",
        from: "        (profile.support, profile.opposition) = vouches.supportOf(id);",
        to: "        (profile.support, profile.opposition) = vouches.supportAt(id, vouches.currentPeriod() + 1);",
      },
      {
        rule: "An identity that is asked for twice is answered twice.",
        from: "            page[i] = _profile(address(0), KeyRole.None, ids[i]);",
        to: "            if (i == 0 || ids[i] != ids[i - 1]) page[i] = _profile(address(0), KeyRole.None, ids[i]);",
      },
    ]),
    ...statedIn("test/RegistryLens/vouchers.test.ts", [
      {
        rule: "Beside each edge stands the profile of its own voucher, not that of the first row.",
        from: "edges[i].voucherId));",
        to: "edges[0].voucherId));",
      },
      {
        rule: "Beside each edge stands the profile of its voucher, and not of its subject.",
        from: "edges[i].voucherId));",
        to: "subjectId));",
      },
      {
        rule: "Beside each edge stands the profile of its voucher, and not of the one that the row before led to.",
        from: "edges[i].voucherId));",
        to: "edges[i == 0 ? 0 : i - 1].voucherId));",
      },
      {
        rule: "A page of vouchers says where the next one starts.",
        from: "        (edges, next) = vouches.vouchersOf(subjectId, cursor, limit);",
        to: "        (edges, ) = vouches.vouchersOf(subjectId, cursor, limit);\n        if (edges.length == limit && limit != 0) next = edges[limit - 1].voucherId;",
      },
      {
        rule: "A page of vouchers starts at its cursor.",
        from: "        (edges, next) = vouches.vouchersOf(subjectId, cursor, limit);",
        to: "        (edges, next) = vouches.vouchersOf(subjectId, 0, cursor == 0 ? limit : 2 * limit);",
      },
      {
        rule: "A page of vouchers shows everyone who ever staked, not only those whose stake counts.",
        from: "            page[i] = VouchProfile(edges[i],",
        to: "            if (!edges[i].isActive) continue;\n            page[i] = VouchProfile(edges[i],",
      },
    ]),
  ],
};
