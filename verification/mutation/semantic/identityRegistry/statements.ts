import { statedIn } from "../statedIn.ts";

/** What the identity says of itself: URI, metadata, approvals. */
export const statements = statedIn("test/IdentityRegistry/metadata.test.ts", [
  {
    rule: "setAgentURI: the empty URI takes the one away that was set.",
    from: `        _uris[agentId] = newURI;
        emit URIUpdated`,
    to: `        if (bytes(newURI).length != 0) _uris[agentId] = newURI;
        emit URIUpdated`,
  },
  {
    rule: "setAgentURI: URIUpdated tells the new URI and not the one before.",
    from: `        _uris[agentId] = newURI;
        emit URIUpdated(agentId, newURI, msg.sender);`,
    to: `        emit URIUpdated(agentId, _uris[agentId], msg.sender);
        _uris[agentId] = newURI;`,
  },
  {
    rule: "setAgentURI: URIUpdated names who did it, and not the owner in whose name.",
    from: `_requireSpeaker(agentId);
        _uris[agentId] = newURI;
        emit URIUpdated(agentId, newURI, msg.sender);`,
    to: `address owner = _requireSpeaker(agentId);
        _uris[agentId] = newURI;
        emit URIUpdated(agentId, newURI, owner);`,
  },
  {
    rule: "setAgentURI: taking the URI away changes the document, and says so.",
    from: `emit URIUpdated(agentId, newURI, msg.sender);
        emit MetadataUpdate(agentId);`,
    to: `emit URIUpdated(agentId, newURI, msg.sender);
        if (bytes(newURI).length != 0) emit MetadataUpdate(agentId);`,
  },
  {
    rule: "setAgentURI: the same URI again is said again.",
    from: `_requireSpeaker(agentId);
        _uris[agentId] = newURI;`,
    to: `_requireSpeaker(agentId);
        if (keccak256(bytes(newURI)) == keccak256(bytes(_uris[agentId]))) return;
        _uris[agentId] = newURI;`,
  },
  {
    rule: "setMetadata: the wallet does not speak for the identity.",
    from: `_requireSpeaker(agentId);
        _setMetadata(agentId, metadataKey, metadataValue);`,
    to: `if (!_isWallet(msg.sender, agentId)) _requireSpeaker(agentId);
        _setMetadata(agentId, metadataKey, metadataValue);`,
  },
  {
    rule: "setMetadata: taking a value away is logged as a value that is empty.",
    from: `        _metadata[agentId][metadataKey] = metadataValue;
        emit`,
    to: `        if (metadataValue.length == 0) {
            delete _metadata[agentId][metadataKey];
            return;
        }
        _metadata[agentId][metadataKey] = metadataValue;
        emit`,
  },
  {
    rule: "A metadata key is reserved by its every letter, and not by its length.",
    from: "if (keccak256(bytes(metadataKey)) == WALLET_KEY_HASH) revert",
    to: "if (bytes(metadataKey).length == bytes(WALLET_KEY).length) revert",
  },
  {
    rule: "A metadata key is reserved as a whole: what begins like it is free.",
    from: "if (keccak256(bytes(metadataKey)) == WALLET_KEY_HASH) revert",
    to: `uint256 length = bytes(WALLET_KEY).length;
        bool isLonger = bytes(metadataKey).length >= length;
        if (isLonger && keccak256(bytes(metadataKey)[:length]) == WALLET_KEY_HASH) revert`,
  },
  {
    rule: "metadata(), ERC-8048's name of getMetadata, answers the wallet too.",
    from: "return getMetadata(agentId, key);",
    to: "return _metadata[agentId][key];",
  },
  {
    rule: "getMetadata answers zero as the wallet of a suspended identity, as getAgentWallet does.",
    from: 'bytes("") : abi.encodePacked(getAgentWallet(agentId));',
    to: `bytes("")
                : abi.encodePacked(_records[agentId].isActive() ? getAgentWallet(agentId) : _wallets[agentId]);`,
  },
  {
    rule: "getMetadata answers twenty zero bytes as the wallet of a suspended identity, and not nothing.",
    from: 'return _records[agentId].owner() == address(0) ? bytes("")',
    to: 'return !_records[agentId].isActive() ? bytes("")',
  },
  {
    rule: "getMetadata of a suspended identity goes on being answered.",
    from: "!= WALLET_KEY_HASH) return _metadata[agentId][metadataKey];",
    to: `!= WALLET_KEY_HASH) {
            return _records[agentId].status() == Status.Suspended ? bytes("") : _metadata[agentId][metadataKey];
        }`,
  },
  {
    rule: "getMetadata of a retired identity goes on being answered.",
    from: "!= WALLET_KEY_HASH) return _metadata[agentId][metadataKey];",
    to: `!= WALLET_KEY_HASH) {
            return _records[agentId].status() == Status.Retired ? bytes("") : _metadata[agentId][metadataKey];
        }`,
  },
  {
    rule: "tokenURI: while suspended the URI that was set is not answered, also where there is no renderer.",
    first: ["test/IdentityRegistry/renderer.test.ts"],
    from: "if (_records[agentId].isActive()) uri = _uris[agentId];",
    to: "if (_records[agentId].isActive() || address(renderer) == address(0)) uri = _uris[agentId];",
  },
  {
    rule: "approve: an approved address does not pass its approval on.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: "if (msg.sender != owner && !_operators[owner][msg.sender]) revert",
    to: "if (msg.sender != owner && !_isApproved(msg.sender, owner, agentId)) revert",
  },
  {
    rule: "approve: an operator of anybody is not one of the owner.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: "if (msg.sender != owner && !_operators[owner][msg.sender]) revert",
    to: "if (msg.sender != owner && !_operators[msg.sender][owner]) revert",
  },
  {
    rule: "approve: while suspended, too, the owner gives and takes approvals.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: `        _approvals[agentId] = to;
        emit`,
    to: `        _requireActive(agentId);
        _approvals[agentId] = to;
        emit`,
  },
  {
    rule: "approve: Approval names the owner, also where an operator approves.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: "emit Approval(owner, to, agentId);",
    to: "emit Approval(msg.sender, to, agentId);",
  },
  {
    rule: "setApprovalForAll: who owns no identity yet may name operators.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: "        _operators[msg.sender][operator] = approved;",
    to: `        if (_keys[msg.sender].role != KeyRole.Owner) revert ERC721InvalidOperator(operator);
        _operators[msg.sender][operator] = approved;`,
  },
  {
    rule: "setApprovalForAll: while suspended, too, the owner names operators.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: "        _operators[msg.sender][operator] = approved;",
    to: `        if (_keys[msg.sender].role == KeyRole.Owner) _requireActive(_keys[msg.sender].id);
        _operators[msg.sender][operator] = approved;`,
  },
  {
    rule: "getApproved: an approval has no effect while suspended, but is answered.",
    first: ["test/IdentityRegistry/approvals.test.ts"],
    from: `ownerOf(agentId);
        return _approvals[agentId];`,
    to: `ownerOf(agentId);
        return _records[agentId].isActive() ? _approvals[agentId] : address(0);`,
  },
  {
    rule: "isAuthorizedOrOwner: the wallet is not authorised.",
    first: ["test/conformance/erc8004.test.ts"],
    from: "return spender == owner || _isApproved(spender, owner, agentId);",
    to: "return spender == owner || _isWallet(spender, agentId) || _isApproved(spender, owner, agentId);",
  },
  {
    rule: "isAuthorizedOrOwner: the guardian is not authorised.",
    first: ["test/conformance/erc8004.test.ts"],
    from: "return spender == owner || _isApproved(spender, owner, agentId);",
    to: "return spender == owner || _isGuardian(spender, agentId) || _isApproved(spender, owner, agentId);",
  },
  {
    rule: "isAuthorizedOrOwner: a suspension hides nobody from who asks for self-reviews.",
    first: ["test/conformance/erc8004.test.ts"],
    from: "return spender == owner || _isApproved(spender, owner, agentId);",
    to: "return _records[agentId].isActive() && (spender == owner || _isApproved(spender, owner, agentId));",
  },
]);
