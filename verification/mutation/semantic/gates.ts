import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

export const trustGate: Slips = {
  file: "contracts/TrustGate.sol",
  slips: [
    ...statedIn("test/TrustGate/unmet.test.ts", [
      {
        rule: "That an identity is unknown is the only reason.",
        from: "        if (status == Status.None) return REASON_UNKNOWN;",
        to: "        if (status == Status.None) reasons |= REASON_UNKNOWN;",
      },
      {
        rule: "That an identity is retired is the only reason.",
        from: "        if (status == Status.Retired) return REASON_RETIRED;",
        to: "        if (status == Status.Retired) reasons |= REASON_RETIRED;",
      },
      {
        rule: "A suspended identity is told everything else that it lacks.",
        from: "        if (status == Status.Suspended) reasons |= REASON_SUSPENDED;",
        to: "        if (status == Status.Suspended) return REASON_SUSPENDED;",
      },
      {
        rule: "Where nobody demands a proven key, a key is as good as a contract.",
        from: "        if (requirement.keyOwned && !record.isKeyOwned()) reasons |= REASON_UNPROVEN_OWNER;",
        to: "        if (requirement.keyOwned != record.isKeyOwned()) reasons |= REASON_UNPROVEN_OWNER;",
      },
      {
        rule: "Age is the time since the registration, not the witnessed time.",
        from: "_identities.ageOf(agentId) < r.minAge)",
        to: "record.tenure() < r.minAge)",
      },
      {
        rule: "Tenure is the witnessed time, not the time since the registration.",
        from: "        if (record.tenure() < r.minTenure) reasons |= REASON_TENURE;",
        to: "        if (r.minTenure != 0 && _identities.ageOf(agentId) < r.minTenure) reasons |= REASON_TENURE;",
      },
      {
        rule: "The time since the last check-in is not witnessed yet.",
        from: "        if (record.tenure() < r.minTenure) reasons |= REASON_TENURE;",
        to: "        if (block.timestamp - record.tenureStart() < r.minTenure) reasons |= REASON_TENURE;",
      },
      {
        rule: "The age of a key begins when it took over, not with the identity.",
        from: "            (, , uint40 keySince) = _identities.resolve(record.owner());\n            if (block.timestamp - keySince < r.minKeyAge)",
        to: "            if (_identities.ageOf(agentId) < r.minKeyAge)",
      },
      {
        rule: "The age of a key is that of the owner key, also where there is a wallet.",
        from: "_identities.resolve(record.owner());",
        to: "_identities.resolve(_identities.getAgentWallet(agentId));",
      },
      {
        rule: "A silence that nobody limits is none.",
        from: "        if (r.maxSilence != 0 && block.timestamp - record.lastSeen() > r.maxSilence) reasons",
        to: "        if (block.timestamp - record.lastSeen() > (r.maxSilence == 0 ? _identities.maxSilence() : r.maxSilence)) reasons",
      },
      {
        rule: "Silence is the time since the last check-in, not since the key took over.",
        from: "        if (r.maxSilence != 0 && block.timestamp - record.lastSeen() > r.maxSilence) reasons",
        to: "        (, , uint40 ownerSince) = _identities.resolve(record.owner());\n        uint256 heard = record.lastSeen() < ownerSince ? ownerSince : record.lastSeen();\n        if (r.maxSilence != 0 && block.timestamp - heard > r.maxSilence) reasons",
      },
      {
        rule: "Support is what is staked for an identity, whatever is staked against it.",
        from: "        if (support < r.minSupport) reasons |= REASON_SUPPORT;",
        to: "        if (support < r.minSupport + opposition) reasons |= REASON_SUPPORT;",
      },
      {
        rule: "An identity that lacks support is told of what is staked against it too.",
        from: "        if (r.oppositionLimit != 0 && opposition >= r.oppositionLimit)",
        to: "        else if (r.oppositionLimit != 0 && opposition >= r.oppositionLimit)",
      },
      {
        rule: "Opposition is limited in points, whatever is staked for the identity.",
        from: "        if (r.oppositionLimit != 0 && opposition >= r.oppositionLimit)",
        to: "        if (r.oppositionLimit != 0 && opposition >= r.oppositionLimit + support)",
      },
      {
        rule: "Support is what counts now, not what will still count in the next period.",
        from: "        (uint256 support, uint256 opposition) = _vouches.supportOf(agentId);",
        to: "        (uint256 support, uint256 opposition) = _vouches.supportAt(agentId, _vouches.currentPeriod() + 1);",
      },
    ]),
    ...statedIn("test/TrustGate/onlyTrusted.test.ts", [
      {
        rule: "A former key is refused for that alone.",
        from: "role == KeyRole.Former ? REASON_FORMER_KEY : unmet(agentId, requirement);",
        to: "unmet(agentId, requirement);\n        if (role == KeyRole.Former) reasons |= REASON_FORMER_KEY;",
      },
      {
        rule: "A former key is refused, though its identity meets everything.",
        from: "role == KeyRole.Former ? REASON_FORMER_KEY : unmet(agentId, requirement);",
        to: "unmet(agentId, requirement);\n        if (role == KeyRole.Former && reasons != 0) reasons = REASON_FORMER_KEY;",
      },
      {
        rule: "Where the wallet calls, it has to be old enough itself.",
        from: "        if (role == KeyRole.Wallet && block.timestamp - since < requirement.minKeyAge) reasons |= REASON_KEY_AGE;\n",
        to: "        since;\n",
      },
      {
        rule: "The wallet of an identity is let through as its owner is.",
        from: "        if (role == KeyRole.Wallet && block.timestamp - since < requirement.minKeyAge) reasons |= REASON_KEY_AGE;",
        to: "        if (role == KeyRole.Wallet && (requirement.keyOwned || block.timestamp - since < requirement.minKeyAge)) {\n            reasons |= REASON_KEY_AGE;\n        }",
      },
    ]),
    ...statedIn("test/TrustGate/anchors.test.ts", [
      {
        rule: "An identity that lacks anchors is told of their warnings too.",
        from: "        if (r.anchorWarningLimit != 0 && warning >= r.anchorWarningLimit)",
        to: "        else if (r.anchorWarningLimit != 0 && warning >= r.anchorWarningLimit)",
      },
      {
        rule: "Where anchors are demanded and none is named, nobody is let through.",
        from: "        if (r.minAnchors == 0 && r.anchorWarningLimit == 0) return 0;",
        to: "        if (r.anchors.length == 0 || (r.minAnchors == 0 && r.anchorWarningLimit == 0)) return 0;",
      },
      {
        rule: "An anchor's warning takes nothing from another anchor's vouch.",
        from: "        if (vouching < r.minAnchors) reasons |= REASON_ANCHORS;",
        to: "        if (vouching < r.minAnchors + warning) reasons |= REASON_ANCHORS;",
      },
      {
        rule: "Anchors' warnings refuse from the limit on, however many vouch.",
        from: "        if (r.anchorWarningLimit != 0 && warning >= r.anchorWarningLimit)",
        to: "        if (r.anchorWarningLimit != 0 && warning >= r.anchorWarningLimit && warning > vouching)",
      },
      {
        rule: "Where anchors' warnings are not asked about, none refuses.",
        from: "        if (r.anchorWarningLimit != 0 && warning >= r.anchorWarningLimit)",
        to: "        if (warning != 0 && warning >= r.anchorWarningLimit)",
      },
      {
        rule: "A suspended anchor's warning does not count, no more than its vouch.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (!vouch.isActive || (vouch.stance == Stance.For && vouch.voucherStatus != Status.Active) || vouch.stake < r.minAnchorStake) continue;",
      },
      {
        rule: "A suspended anchor's vouch does not count, no more than its warning.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (!vouch.isActive || (vouch.stance == Stance.Against && vouch.voucherStatus != Status.Active) || vouch.stake < r.minAnchorStake) continue;",
      },
      {
        rule: "A retired anchor does not count.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (!vouch.isActive || vouch.voucherStatus == Status.Suspended || vouch.stake < r.minAnchorStake) continue;",
      },
      {
        rule: "An anchor goes on counting when it rotates its key.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.voucherRekeyed || vouch.stake < r.minAnchorStake) continue;",
      },
      {
        rule: "An anchor's warning counts from the anchors' stake on, as its vouch does.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || (vouch.stance == Stance.For && vouch.stake < r.minAnchorStake)) continue;",
      },
      {
        rule: "An anchor's vouch counts from the anchors' stake on, as its warning does.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || (vouch.stance == Stance.Against && vouch.stake < r.minAnchorStake)) continue;",
      },
      {
        rule: "Each anchor reaches the anchors' stake by itself, not all of them together.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;\n            if (vouch.stance == Stance.For) ++vouching;",
        to: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake == 0) continue;\n            if (vouch.stance == Stance.For) {\n                total += vouch.stake;\n                ++vouching;\n            }",
        more: [
          {
            from: "        for (uint256 i = 0; i < r.anchors.length; ++i) {",
            to: "        uint256 total = 0;\n        for (uint256 i = 0; i < r.anchors.length; ++i) {",
          },
          {
            from: "            else ++warning;\n        }\n",
            to: "            else ++warning;\n        }\n        if (total < r.minAnchorStake) vouching = 0;\n",
          },
        ],
      },
      {
        rule: "A vouch that its anchor gave to a former key does not count.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (vouch.stake == 0 || vouch.releasePeriod < _vouches.currentPeriod() || (!vouch.isActive && vouch.stance != Stance.For) || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
      },
      {
        rule: "An anchor's warning counts while it is active, not while it is locked.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if ((!vouch.isActive && (vouch.stance != Stance.Against || vouch.releasePeriod < _vouches.currentPeriod())) || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
      },
      {
        rule: "An anchor that is named twice counts once, wherever it is named again.",
        from: "        for (uint256 i = 0; i < index; ++i) {",
        to: "        for (uint256 i = index == 0 ? 0 : index - 1; i < index; ++i) {",
      },
      {
        rule: "An anchor that is named twice warns once.",
        from: "            if (_isNamedBefore(r.anchors, i)) continue;\n            Vouch memory vouch = _vouches.vouchOf(r.anchors[i], agentId);",
        to: "            Vouch memory vouch = _vouches.vouchOf(r.anchors[i], agentId);\n            if (vouch.stance == Stance.For && _isNamedBefore(r.anchors, i)) continue;",
      },
      {
        rule: "An anchor that is named twice vouches once.",
        from: "            if (_isNamedBefore(r.anchors, i)) continue;\n            Vouch memory vouch = _vouches.vouchOf(r.anchors[i], agentId);",
        to: "            Vouch memory vouch = _vouches.vouchOf(r.anchors[i], agentId);\n            if (vouch.stance == Stance.Against && _isNamedBefore(r.anchors, i)) continue;",
      },
      {
        rule: "Every anchor is asked, whatever became of the one before it.",
        from: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) continue;",
        to: "            if (!vouch.isActive || vouch.voucherStatus != Status.Active || vouch.stake < r.minAnchorStake) break;",
      },
      {
        rule: "Every anchor is asked about warnings, though enough of them vouch.",
        from: "            if (vouch.stance == Stance.For) ++vouching;",
        to: "            if (vouch.stance == Stance.For && r.minAnchors != 0 && ++vouching >= r.minAnchors) break;\n            if (vouch.stance == Stance.For) continue;",
      },
      {
        rule: "A caller that is an anchor itself still needs another's vouch.",
        from: "            if (_isNamedBefore(r.anchors, i)) continue;",
        to: "            if (r.anchors[i] == agentId) ++vouching;\n            if (_isNamedBefore(r.anchors, i)) continue;",
      },
    ]),
  ],
};

export const gatedBoard: Slips = {
  file: "contracts/examples/GatedBoard.sol",
  slips: [
    ...statedIn("test/TrustGate/GatedBoard.test.ts", [
      {
        rule: "An agent that changes its key is no new author.",
        from: "        uint256 nextAt = _lastPostAt[authorId] + PAUSE;",
        to: "        uint256 nextAt = _lastPostAt[uint160(msg.sender)] + PAUSE;",
        more: [
          {
            from: "        _lastPostAt[authorId] = block.timestamp;",
            to: "        _lastPostAt[uint160(msg.sender)] = block.timestamp;",
          },
        ],
      },
      {
        rule: "Each author pauses for itself; another's post keeps nobody waiting.",
        from: "        uint256 nextAt = _lastPostAt[authorId] + PAUSE;",
        to: "        uint256 nextAt = _lastPostAt[0] + PAUSE;",
        more: [
          { from: "        _lastPostAt[authorId] = block.timestamp;", to: "        _lastPostAt[0] = block.timestamp;" },
        ],
      },
      {
        rule: "The pause runs from the last post, not from the first.",
        from: "        _lastPostAt[authorId] = block.timestamp;",
        to: "        if (_lastPostAt[authorId] == 0) _lastPostAt[authorId] = block.timestamp;",
      },
      {
        rule: "One of the board's anchors is enough.",
        from: "        demanded.minAnchors = 1;",
        to: "        demanded.minAnchors = uint8(_anchors.length);",
      },
      {
        rule: "The board asks for more than one check-in.",
        from: "        demanded.minTenure = 45 days;",
        to: "        demanded.minTenure = 30 days;",
      },
      {
        rule: "One anchor's warning is enough to refuse.",
        from: "        demanded.anchorWarningLimit = 1;",
        to: "        demanded.anchorWarningLimit = uint8(_anchors.length);",
      },
      {
        rule: "Only the board's anchors keep an author out: a stranger's warning does not.",
        from: "        demanded.anchorWarningLimit = 1;",
        to: "        demanded.anchorWarningLimit = 1;\n        demanded.oppositionLimit = 5;",
      },
      {
        rule: "The wallet posts for its identity, as the same author.",
        from: "        emit Posted(authorId, msg.sender, message);",
        to: "        (uint256 id, KeyRole role, ) = IVouchRegistry(_registry).identities().resolve(msg.sender);\n        if (role != KeyRole.Owner) revert TooSoon(id, nextAt);\n        emit Posted(authorId, msg.sender, message);",
        more: [
          {
            from: "import {IVouchRegistry}",
            to: 'import {KeyRole} from "../interfaces/IIdentityRegistry.sol";\nimport {IVouchRegistry}',
          },
          {
            from: "        _anchors = anchors;",
            to: "        _anchors = anchors;\n        _registry = address(vouches);",
          },
          {
            from: "    uint256[] private _anchors;",
            to: "    uint256[] private _anchors;\n    address private _registry;",
          },
        ],
      },
    ]),
  ],
};
