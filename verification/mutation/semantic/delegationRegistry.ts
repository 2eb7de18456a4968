import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

const CHECK = `        if (!SignatureChecker.isValidSignatureNowCalldata(issuer, _digest(issuer, id), sig)) {`;

export const delegationRegistry: Slips = {
  file: "contracts/DelegationRegistry.sol",
  slips: [
    ...statedIn("test/DelegationRegistry/revoke.test.ts", [
      {
        rule: "A smart account revokes its own grant, and not that of the key that sent it.",
        from: "        _revoke(msg.sender, id);",
        to: "        _revoke(tx.origin, id);",
      },
      {
        rule: "Revoking again is logged again.",
        from: "        _issuers[issuer].isRevoked[id] = true;",
        to: "        if (_issuers[issuer].isRevoked[id]) return;\n        _issuers[issuer].isRevoked[id] = true;",
      },
      {
        rule: "Revoking again does not make it undone.",
        from: "        _issuers[issuer].isRevoked[id] = true;",
        to: "        _issuers[issuer].isRevoked[id] = !_issuers[issuer].isRevoked[id];",
      },
      {
        rule: "Any handle can be revoked, zero too.",
        from: "        _issuers[issuer].isRevoked[id] = true;",
        to: "        _issuers[issuer].isRevoked[id] = id != 0;",
      },
    ]),
    ...statedIn("test/DelegationRegistry/status.test.ts", [
      {
        rule: "The same handle of two accounts is two grants.",
        from: "        return (kept.isRevoked[id], kept.epoch);",
        to: "        return (kept.isRevoked[id] || _issuers[msg.sender].isRevoked[id], kept.epoch);",
      },
    ]),
    ...statedIn("test/DelegationRegistry/advanceEpoch.test.ts", [
      {
        rule: "A smart account advances its own epoch, and not that of the key that sent it.",
        from: "        Issuer storage issuer = _issuers[msg.sender];",
        to: "        Issuer storage issuer = _issuers[tx.origin];",
      },
      {
        rule: "What is revoked stays revoked in later epochs.",
        from: "        return (kept.isRevoked[id], kept.epoch);",
        to: "        return (kept.isRevoked[id] && kept.epoch == 0, kept.epoch);",
      },
      {
        rule: "Advancing an epoch revokes no handle, which a later grant may use.",
        from: "        return (kept.isRevoked[id], kept.epoch);",
        to: "        return (kept.isRevoked[id] || kept.epoch != 0, kept.epoch);",
      },
      {
        rule: "Who has used up its epochs is told, and not left to believe that another one began.",
        from: "        if (epoch == type(uint64).max) revert EpochsExhausted(msg.sender, epoch);",
        to: "        if (epoch == type(uint64).max) return epoch;",
      },
      {
        rule: "The last epoch can be reached.",
        from: "        if (epoch == type(uint64).max) revert",
        to: "        if (epoch >= type(uint64).max - 1) revert",
      },
    ]),
    ...statedIn("test/DelegationRegistry/revokeBySig.test.ts", [
      {
        rule: "revokeBySig: the grant is the issuer's, and not the sender's.",
        from: "        _revoke(issuer, id);",
        to: "        _revoke(msg.sender, id);",
      },
      {
        rule: "Revoked names the issuer, and not who sent it.",
        from: "        emit Revoked(issuer, id);",
        to: "        emit Revoked(msg.sender, id);",
      },
      {
        rule: "revokeBySig: the issuer itself may send it, as anybody may.",
        from: CHECK,
        to: CHECK.replace("if (", "if (msg.sender == issuer || "),
      },
      {
        rule: "revokeBySig: who sends it needs no signature of the issuer less.",
        from: CHECK,
        to: CHECK.replace("if (", "if (msg.sender != issuer && "),
      },
      {
        rule: "revokeBySig: a grant that is revoked still wants a signature.",
        from: CHECK,
        to: CHECK.replace("if (", "if (!_issuers[issuer].isRevoked[id] && "),
      },
      {
        rule: "revokeBySig: a signature is good in every epoch.",
        from: CHECK,
        to: CHECK.replace("if (", "if (_issuers[issuer].epoch != 0 || "),
      },
      {
        rule: "revokeBySig: an account with code revokes by what its code takes.",
        from: CHECK,
        to: CHECK.replace("if (", "if (issuer.code.length != 0 || "),
      },
      {
        rule: "revokeBySig: an account with code is judged by its code alone, also where it is a key's (EIP-7702).",
        from: `${CHECK}\n            revert Consent.InvalidSignature(issuer);\n        }`,
        to: "        Consent.check(issuer, _digest(issuer, id), block.timestamp, sig);",
      },
      {
        rule: "The message names the issuer: what a key signed for itself is none of its smart account.",
        from: "keccak256(abi.encode(REVOCATION_TYPEHASH, issuer, id))",
        to: "keccak256(abi.encode(REVOCATION_TYPEHASH, address(0), id))",
      },
      {
        rule: "The domain is that of the registry, and not that of grants.",
        from: `keccak256("ERC-8128 Delegation Registry")`,
        to: `keccak256("ERC-8128 Delegation")`,
      },
    ]),
    ...statedIn("test/DelegationRegistry/standard.test.ts", [
      {
        rule: "The code is the same on every chain: the chain is asked for whenever a signature is checked.",
        from: "DOMAIN_VERSION_HASH, block.chainid, address(this))",
        to: "DOMAIN_VERSION_HASH, _chainId, address(this))",
        more: [
          {
            from: "    mapping(address issuer => Issuer) private _issuers;",
            to: "    uint256 private immutable _chainId = block.chainid;\n\n    mapping(address issuer => Issuer) private _issuers;",
          },
        ],
      },
    ]),
  ],
};
