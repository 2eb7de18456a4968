import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

export const agentLinks: Slips = {
  file: "contracts/AgentLinks.sol",
  slips: [
    ...statedIn("test/AgentLinks/link.test.ts", [
      {
        rule: "A suspended identity links nothing.",
        from: "        if (!record.isActive()) revert",
        to: "        if (record.status() == Status.Retired) revert",
      },
      {
        rule: "A token may be held by the identity's wallet.",
        from: "        bool throughWallet = !_isKeyOf(id, owner);",
        to: "        bool throughWallet = owner != msg.sender;",
      },
      {
        rule: "The token's agent wallet may be any key of the identity, and not only the one that calls.",
        from: "        if (throughWallet && !_isKeyOf(id, _walletOf(registry, agentId))) {",
        to: "        if (throughWallet && _walletOf(registry, agentId) != msg.sender) {",
      },
      {
        rule: "What the owner of a token proves is not proven through its wallet, though that is the identity's as well.",
        from: "        bool throughWallet = !_isKeyOf(id, owner);",
        to: "        bool throughWallet = _isKeyOf(id, _walletOf(registry, agentId));",
        more: [
          {
            from: "        if (throughWallet && !_isKeyOf(id, _walletOf(registry, agentId))) {",
            to: "        if (!throughWallet && !_isKeyOf(id, owner)) {",
          },
        ],
      },
      {
        rule: "The token's owner takes a link over from its wallet.",
        from: "        bool outranks = old.throughWallet && !throughWallet;",
        to: "        bool outranks = old.throughWallet && !throughWallet && old.id == id;",
      },
      {
        rule: "An identity that linked through the wallet improves its own link when it owns the token.",
        from: "        bool outranks = old.throughWallet && !throughWallet;",
        to: "        bool outranks = old.throughWallet && !throughWallet && old.id != id;",
      },
      {
        rule: "A broken link yields to whoever holds the token.",
        from: "        if (!outranks && _isTrue(old, registry, agentId)) revert",
        to: "        if (!outranks && old.id != 0) revert",
      },
      {
        rule: "A broken link of another identity yields to whoever holds the token.",
        from: "        if (!outranks && _isTrue(old, registry, agentId)) revert",
        to: "        if (!outranks && old.id != 0 && (old.id != id || _isTrue(old, registry, agentId))) revert",
      },
      {
        rule: "An identity links a token once, and is told where nothing would change.",
        from: "        if (!outranks && _isTrue(old, registry, agentId)) revert",
        to: "        if (!outranks && old.id != id && _isTrue(old, registry, agentId)) revert",
      },
      {
        rule: "A link says who owned the token, not who sent it.",
        from: "        _links[registry][agentId] = Link(owner, uint40(id), record.keyEpoch(), throughWallet, index);",
        to: "        _links[registry][agentId] = Link(msg.sender, uint40(id), record.keyEpoch(), throughWallet, index);",
      },
      {
        rule: "The log of a link names the token's owner, not who sent it.",
        from: "        emit AgentLinked(id, registry, agentId, owner, record.keyEpoch(), throughWallet);",
        to: "        emit AgentLinked(id, registry, agentId, msg.sender, record.keyEpoch(), throughWallet);",
      },
      {
        rule: "An identity's own registry has no agents to link, and neither has this contract.",
        from: "        if (registry == address(identities) || registry == address(this)) revert InvalidRegistry(registry);",
        to: "        if (registry == address(identities) && agentId == id) revert InvalidRegistry(registry);",
      },
      {
        rule: "A new link knows the identity's present key.",
        from: "        _links[registry][agentId] = Link(owner, uint40(id), record.keyEpoch(), throughWallet, index);",
        to: "        uint8 keyEpoch = old.id == id ? old.keyEpoch : record.keyEpoch();\n        _links[registry][agentId] = Link(owner, uint40(id), keyEpoch, throughWallet, index);",
      },
    ]),
    ...statedIn("test/AgentLinks/lists.test.ts", [
      {
        rule: "A token that its identity links again is in the list once.",
        from: "        if (old.id != id) {\n            if (old.id != 0) _remove",
        to: "        if (old.id != id || !outranks) {\n            if (old.id != 0 && old.id != id) _remove",
      },
      {
        rule: "A token that another identity links leaves the list of the former.",
        from: "            if (old.id != 0) _remove(old, registry, agentId);",
        to: "            if (old.id != 0 && outranks) _remove(old, registry, agentId);",
      },
      {
        rule: "A link knows its place in the list of the identity that has it now.",
        from: "            index = uint40(_tokens[id].length);\n            _tokens[id].push(Token(registry, agentId));",
        to: "            _tokens[id].push(Token(registry, agentId));\n            index = uint40(_tokens[id].length);",
      },
      {
        rule: "When a link goes, the last of the list takes its place and knows it.",
        from: "        _links[last.registry][last.agentId].index = old.index;",
        to: "        _links[last.registry][last.agentId].index = uint40(tokens.length - 1);",
      },
      {
        rule: "When a link goes, it is that one which leaves the list, not the last.",
        from: "        tokens[old.index] = last;\n        _links[last.registry][last.agentId].index = old.index;\n",
        to: "",
      },
      {
        rule: "A list shows broken links too.",
        from: "            page[i] = _view(token.registry, token.agentId);",
        to: "            AgentLink memory each = _view(token.registry, token.agentId);\n            if (each.isLinked) page[i] = each;",
      },
      {
        rule: "A list's last page says that there is no more.",
        from: "        if (count < left) next = cursor + count;",
        to: "        if (count != 0) next = cursor + count;",
      },
      {
        rule: "A list is in the order in which its links were made.",
        from: "            Token memory token = tokens[cursor + i];",
        to: "            Token memory token = tokens[length - 1 - cursor - i];",
      },
    ]),
    ...statedIn("test/AgentLinks/unlink.test.ts", [
      {
        rule: "A suspended identity unlinks.",
        from: "        _requireOwner(id);\n        Link memory old",
        to: "        if (!_requireOwner(id).isActive()) revert IIdentityRegistry.IdentitySuspended(id);\n        Link memory old",
      },
      {
        rule: "A broken link is unlinked too.",
        from: "        if (old.id != id) revert LinkNotFound",
        to: "        if (old.id != id || !_isTrue(old, registry, agentId)) revert LinkNotFound",
      },
      {
        rule: "The token's owner does not unlink: the identity's owner does.",
        from: "        _requireOwner(id);\n        Link memory old",
        to: "        if (msg.sender != _ownerOf(registry, agentId)) _requireOwner(id);\n        Link memory old",
      },
      {
        rule: "An identity's wallet neither links nor unlinks.",
        from: "        if (msg.sender != record.owner()) revert NotOwner(id, msg.sender);",
        to: "        if (msg.sender != record.owner() && !_isKeyOf(id, msg.sender)) revert NotOwner(id, msg.sender);",
      },
      {
        rule: "What is unlinked is gone, and not only out of the list.",
        from: "        delete _links[registry][agentId];",
        to: "        delete _links[registry][agentId].index;",
      },
    ]),
    ...statedIn("test/AgentLinks/isLinked.test.ts", [
      {
        rule: "Suspending breaks no link: nobody changed hands.",
        from: "record.status() == Status.Retired) return false;",
        to: "!record.isActive()) return false;",
      },
      {
        rule: "Rotating the key breaks a link, also where the token is held by a wallet that the new key takes over.",
        from: "        if (record.keyEpoch() != current.keyEpoch || record.status() == Status.Retired) return false;",
        to: "        bool isHeld = !current.throughWallet && _isKeyOf(current.id, current.tokenOwner);\n        if (record.status() == Status.Retired || (record.keyEpoch() != current.keyEpoch && !isHeld)) return false;",
      },
      {
        rule: "A link breaks when the token goes to another key of the same identity.",
        from: "        if (_ownerOf(registry, agentId) != current.tokenOwner) return false;\n        return _isKeyOf(current.id, current.throughWallet ? _walletOf(registry, agentId) : current.tokenOwner);",
        to: "        address owner = _ownerOf(registry, agentId);\n        if (!current.throughWallet) return _isKeyOf(current.id, owner);\n        if (owner != current.tokenOwner) return false;\n        return _isKeyOf(current.id, _walletOf(registry, agentId));",
      },
      {
        rule: "A link through the agent wallet breaks when the token is sold, also where the buyer names the same wallet.",
        from: "        if (_ownerOf(registry, agentId) != current.tokenOwner) return false;",
        to: "        if (!current.throughWallet && _ownerOf(registry, agentId) != current.tokenOwner) return false;",
      },
      {
        rule: "A link through the agent wallet breaks when the wallet is another's.",
        from: "        return _isKeyOf(current.id, current.throughWallet ? _walletOf(registry, agentId) : current.tokenOwner);",
        to: "        return current.throughWallet || _isKeyOf(current.id, current.tokenOwner);",
      },
      {
        rule: "A link breaks when the address that proved it leaves the identity, whatever other address it still has.",
        from: "        return _isKeyOf(current.id, current.throughWallet ? _walletOf(registry, agentId) : current.tokenOwner);",
        to: "        return _isKeyOf(current.id, current.tokenOwner) || _isKeyOf(current.id, _walletOf(registry, agentId));",
      },
      {
        rule: "A token that is held by a wallet which the identity gave up is not linked.",
        from: "        return _isKeyOf(current.id, current.throughWallet ? _walletOf(registry, agentId) : current.tokenOwner);",
        to: "        return !current.throughWallet || _isKeyOf(current.id, _walletOf(registry, agentId));",
      },
      {
        rule: "A former key is no key of its identity.",
        from: "        return keyId == id && (role == KeyRole.Owner || role == KeyRole.Wallet);",
        to: "        return keyId == id && role != KeyRole.None;",
      },
      {
        rule: "`linkedIdentity` names nobody where the link is broken.",
        from: "        if (_isTrue(current, registry, agentId)) id = current.id;",
        to: "        if (identities.getRecord(current.id).keyEpoch() == current.keyEpoch) id = current.id;",
      },
      {
        rule: "A token is linked to one identity, and not to any that asks.",
        from: "        return current.id == id && _isTrue(current, registry, agentId);",
        to: "        return id != 0 && _isTrue(current, registry, agentId);",
      },
      {
        rule: "A link tells the owner that the token had, not the present one.",
        from: "                tokenOwner: current.tokenOwner,",
        to: "                tokenOwner: current.id == 0 ? address(0) : _ownerOf(registry, agentId),",
      },
      {
        rule: "A link tells the key epoch that the identity had, not the present one.",
        from: "                keyEpoch: current.keyEpoch,",
        to: "                keyEpoch: identities.getRecord(current.id).keyEpoch(),",
      },
      {
        rule: "A broken link still tells whose it was.",
        from: "                id: current.id,",
        to: "                id: _isTrue(current, registry, agentId) ? current.id : 0,",
      },
    ]),
    ...statedIn("test/AgentLinks/hostile.test.ts", [
      {
        rule: "Too little gas is a revert and never a false answer.",
        from: "        if (available < NEEDED_GAS) revert InsufficientGas(available, NEEDED_GAS);",
        to: "        if (available < NEEDED_GAS) return false;",
      },
      {
        rule: "A token contract gets `READ_GAS` at most to say who owns a token.",
        from: "this.tokenOwner{gas: READ_GAS}(registry, agentId)",
        to: "this.tokenOwner(registry, agentId)",
      },
      {
        rule: "A token contract gets `READ_GAS` at most to say who is the agent wallet.",
        from: "this.tokenWallet{gas: READ_GAS}(registry, agentId)",
        to: "this.tokenWallet(registry, agentId)",
      },
      {
        rule: "A token contract gets all of `READ_GAS`, or the answer is a revert: what it keeps back for itself counts.",
        from: "    uint256 private constant NEEDED_GAS = (READ_GAS * 64) / 63 + 5_000;",
        to: "    uint256 private constant NEEDED_GAS = READ_GAS;",
      },
      {
        rule: "A precompile is no token contract.",
        from: "        if (registry.code.length == 0) return false;",
        to: "        if (registry.code.length == 0 && uint160(registry) > type(uint16).max) return false;",
      },
    ]),
  ],
};
