import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

const RECOVER = "        (address recovered, ECDSA.RecoverError err, ) = ECDSA.tryRecoverCalldata(digest, signature);";

export const consent: Slips = {
  file: "contracts/libraries/Consent.sol",
  slips: statedIn("test/IdentityRegistry/consent.test.ts", [
    {
      rule: "The deadline 0 has passed, and is not for ever.",
      from: "if (block.timestamp > deadline) revert",
      to: "if (deadline != 0 && block.timestamp > deadline) revert",
    },
    {
      rule: "The deadline holds for an account as for a key.",
      from: "if (block.timestamp > deadline) revert",
      to: "if (signer.code.length == 0 && block.timestamp > deadline) revert",
    },
    {
      rule: "An account that delegates its code still signs with its key.",
      from: RECOVER,
      to: `        if (signer.code.length != 0) {
            if (SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature)) return false;
            revert InvalidSignature(signer);
        }
${RECOVER}`,
    },
    {
      rule: "An account that delegates its code signs by its code too.",
      from: "        if (!SignatureChecker.",
      to: `        if (signer.code.length == 23) revert InvalidSignature(signer);
        if (!SignatureChecker.`,
    },
    {
      rule: "An account's word proves no key.",
      first: ["test/IdentityRegistry/ownerKind.test.ts"],
      from: `            revert InvalidSignature(signer);
        }
    }`,
      to: `            revert InvalidSignature(signer);
        }
        isKey = true;
    }`,
    },
    {
      rule: "A key's signature proves the key, though it has code.",
      first: ["test/IdentityRegistry/ownerKind.test.ts"],
      from: "if (err == ECDSA.RecoverError.NoError && recovered == signer) return true;",
      to: "if (err == ECDSA.RecoverError.NoError && recovered == signer) return signer.code.length == 0;",
    },
    {
      rule: "Who sends its own consent has to have signed it as well.",
      from: RECOVER,
      to: `        if (signer == msg.sender) return true;
${RECOVER}`,
    },
    {
      rule: "A contract that sends its own consent has to answer for it by ERC-1271 as well.",
      from: RECOVER,
      to: `        if (signer == msg.sender && signer.code.length != 0) return false;
${RECOVER}`,
    },
    {
      rule: "An account may take a signature that has the length of a key's.",
      from: "        if (!SignatureChecker.",
      to: `        if (signature.length == 65) revert InvalidSignature(signer);
        if (!SignatureChecker.`,
    },
    {
      rule: "An account may take the empty signature.",
      from: "        if (!SignatureChecker.",
      to: `        if (signature.length == 0) revert InvalidSignature(signer);
        if (!SignatureChecker.`,
    },
    {
      rule: "A signature over the digest as a personal message is none over the message.",
      from: "        if (!SignatureChecker.",
      to: `        bytes32 personal = keccak256(abi.encodePacked("\\x19Ethereum Signed Message:\\n32", digest));
        (recovered, err, ) = ECDSA.tryRecoverCalldata(personal, signature);
        if (err == ECDSA.RecoverError.NoError && recovered == signer) return true;
        if (!SignatureChecker.`,
    },
  ]),
};
