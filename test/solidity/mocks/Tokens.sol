// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @dev An ERC-721 contract and nothing else.
contract PlainToken is ERC721("Plain", "PLAIN") {
    function mint(address to, uint256 agentId) external {
        _mint(to, agentId);
    }

    function burn(uint256 agentId) external {
        _burn(agentId);
    }
}

/// @dev The part of ERC-8004's reference registry that a link depends on, without consents: the agent wallet is the
/// owner's at first, the owner's to set, and cleared by each transfer.
contract AgentToken is ERC721("Agents", "AGENT") {
    mapping(uint256 agentId => address) private _wallets;

    error NotTokenOwner(address caller);

    function mint(address to, uint256 agentId) external {
        _mint(to, agentId);
        _wallets[agentId] = to;
    }

    function setAgentWallet(uint256 agentId, address wallet) external {
        if (msg.sender != ownerOf(agentId)) revert NotTokenOwner(msg.sender);
        _wallets[agentId] = wallet;
    }

    function getAgentWallet(uint256 agentId) external view returns (address) {
        return _wallets[agentId];
    }

    function _update(address to, uint256 agentId, address auth) internal override returns (address from) {
        delete _wallets[agentId];
        return super._update(to, agentId, auth);
    }
}

/// @dev Answers every question about owner or wallet as it is told to, whatever the token.
contract HostileToken {
    enum Mood {
        Honest,
        Reverts,
        Panics,
        Loops,
        Nothing,
        Short,
        Long,
        Dirty,
        Huge,
        HugeRevert,
        Demanding,
        Wasteful,
        Writes
    }

    struct Answer {
        Mood mood;
        address account;
        uint256 gas;
    }

    mapping(bytes4 selector => Answer) public answers;
    uint256 public written;

    function setOwner(Mood mood, address account, uint256 gas) external {
        answers[bytes4(keccak256("ownerOf(uint256)"))] = Answer(mood, account, gas);
    }

    function setWallet(Mood mood, address account, uint256 gas) external {
        answers[bytes4(keccak256("getAgentWallet(uint256)"))] = Answer(mood, account, gas);
    }

    // solhint-disable-next-line no-complex-fallback
    fallback() external {
        uint256 start = gasleft();
        Answer memory a = answers[msg.sig];
        uint256 word = uint160(a.account);
        uint256 size = 32;
        Mood mood = a.mood;
        if (mood == Mood.Reverts) revert("no");
        if (mood == Mood.Panics) assert(false);
        if (mood == Mood.Loops) while (gasleft() != 0) start = gasleft();
        if (mood == Mood.Nothing) size = 0;
        if (mood == Mood.Short) size = 31;
        if (mood == Mood.Long) size = 96;
        if (mood == Mood.Dirty) word |= 1 << 160;
        if (mood == Mood.Huge || mood == Mood.HugeRevert) size = a.gas;
        if (mood == Mood.Demanding) require(start >= a.gas, "more gas");
        if (mood == Mood.Wasteful) while (start - gasleft() < a.gas) word |= 0;
        if (mood == Mood.Writes) ++written;
        bool fails = mood == Mood.HugeRevert;
        assembly ("memory-safe") {
            let free := mload(64)
            mstore(free, word)
            if fails {
                revert(free, size)
            }
            return(free, size)
        }
    }
}
