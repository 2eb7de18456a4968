import { statedIn } from "../statedIn.ts";

/** Who becomes an owner, and what is written and logged of it. */
export const registration = statedIn("test/IdentityRegistry/register.test.ts", [
  {
    rule: "register(): that a caller shows no code proves nothing.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: `agentId = _mint(msg.sender);
        emit Registered`,
    to: `agentId = _mint(msg.sender);
        if (msg.sender.code.length == 0) _records[agentId] = _withProof(agentId, _records[agentId]);
        emit Registered`,
  },
  {
    rule: "register(string): being the origin of the transaction proves nothing.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: `function register(string calldata agentURI) external returns (uint256 agentId) {
        agentId = _register(msg.sender, agentURI);
    }`,
    to: `function register(string calldata agentURI) external returns (uint256 agentId) {
        agentId = _register(msg.sender, agentURI);
        if (msg.sender == tx.origin) _records[agentId] = _withProof(agentId, _records[agentId]);
    }`,
  },
  {
    rule: "register(string, MetadataEntry[]): the reserved key is refused there too.",
    from: "            _setMetadata(agentId, entries[i].metadataKey, entries[i].metadataValue);",
    to: `            MetadataEntry calldata entry = entries[i];
            _metadata[agentId][entry.metadataKey] = entry.metadataValue;
            emit MetadataSet(agentId, entry.metadataKey, entry.metadataKey, entry.metadataValue);`,
  },
  {
    rule: "register(string, MetadataEntry[]): an entry without a value is an entry, and logged.",
    from: "            _setMetadata(agentId, entries[i].metadataKey, entries[i].metadataValue);",
    to: `            if (entries[i].metadataValue.length == 0) continue;
            _setMetadata(agentId, entries[i].metadataKey, entries[i].metadataValue);`,
  },
  {
    rule: "registerFor: Registered names the owner and not who sends.",
    first: ["test/IdentityRegistry/registerFor.test.ts"],
    from: "emit Registered(agentId, agentURI, owner);",
    to: "emit Registered(agentId, agentURI, msg.sender);",
  },
  {
    rule: "registerFor: the wallet that is logged is the owner and not who sends.",
    first: ["test/IdentityRegistry/registerFor.test.ts"],
    from: `_announceWallet(agentId, owner);
    }

    function _mint(`,
    to: `_announceWallet(agentId, msg.sender);
    }

    function _mint(`,
  },
  {
    rule: "registerFor: the nonce is the signer's and not the sender's.",
    first: ["test/IdentityRegistry/registerFor.test.ts"],
    from: `_useNonce(owner, nonce);
        bytes32 uriHash`,
    to: `_useNonce(msg.sender, nonce);
        bytes32 uriHash`,
  },
  {
    rule: "registerFor: that a key sends an account's consent does not make the account a key.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: `bool isKey = Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);
        agentId`,
    to: `bool isKey = Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature) || msg.sender == tx.origin;
        agentId`,
  },
  {
    rule: "registerFor: a signature proves a key, also where its code would not.",
    first: ["test/IdentityRegistry/ownerKind.test.ts"],
    from: `bool isKey = Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);
        agentId`,
    to: `Consent.check(owner, _hashTypedDataV4(structHash), deadline, signature);
        bool isKey = owner.code.length == 0;
        agentId`,
  },
  {
    rule: "A number is given once: that one has retired frees none.",
    from: "agentId = ++_registered;",
    to: "agentId = ++_registered - _retired;",
  },
  {
    rule: "The key of a retired identity begins no other.",
    from: "if (agentId != 0) revert AlreadyRegistered(key, agentId);",
    to: "if (agentId != 0 && _records[agentId].status() != Status.Retired) revert AlreadyRegistered(key, agentId);",
  },
  {
    rule: "Who serves as a wallet owns nothing until it has left.",
    from: "if (agentId != 0) revert AlreadyRegistered(key, agentId);",
    to: "if (agentId != 0 && _keys[key].role != KeyRole.Wallet) revert AlreadyRegistered(key, agentId);",
  },
  {
    rule: "A former key begins no other identity, whatever its identity is now.",
    from: "if (agentId != 0) revert AlreadyRegistered(key, agentId);",
    to: "if (agentId != 0 && _keys[key].role != KeyRole.Former) revert AlreadyRegistered(key, agentId);",
  },
]);
