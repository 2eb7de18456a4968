// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev How the account answers ERC-1271's question.
enum Answer {
    Honest,
    WrongMagic,
    DirtyMagic,
    True,
    Short,
    Empty,
    Reverts,
    Writes,
    BurnsGas
}

/// @dev A smart account with one key. It can be told to answer garbage.
contract VouchSmartAccount {
    bytes4 private constant MAGIC = 0x1626ba7e;

    address private immutable _key;
    Answer private _answer;
    uint256 private _writes;

    constructor(address key) {
        _key = key;
    }

    function setAnswer(Answer answer) external {
        _answer = answer;
    }

    function execute(address target, bytes calldata data) external {
        (bool success, bytes memory reason) = target.call(data);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(reason, 0x20), mload(reason))
            }
        }
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external returns (bytes4) {
        Answer answer = _answer;
        if (answer == Answer.WrongMagic) return 0xffffffff;
        if (answer == Answer.DirtyMagic) _reply(abi.encode(uint256(bytes32(MAGIC)) | 1));
        if (answer == Answer.True) _reply(abi.encode(true));
        if (answer == Answer.Short) _reply(abi.encodePacked(MAGIC));
        if (answer == Answer.Empty) _reply("");
        if (answer == Answer.Reverts) revert("no");
        if (answer == Answer.Writes) ++_writes;
        if (answer == Answer.BurnsGas) {
            while (gasleft() > 0) {}
        }
        return ECDSA.recover(digest, signature) == _key ? MAGIC : bytes4(0);
    }

    /// @dev Answers these bytes, whatever result the function declares.
    function _reply(bytes memory answer) private pure {
        assembly ("memory-safe") {
            return(add(answer, 0x20), mload(answer))
        }
    }
}
