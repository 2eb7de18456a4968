// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev A smart account of one key: it signs what that key signed, and does what that key asks.
contract SmartAccount is IERC1271 {
    address private immutable _key;

    error NotKey(address caller);

    constructor(address key) {
        _key = key;
    }

    function execute(address target, bytes calldata data) external returns (bytes memory) {
        if (msg.sender != _key) revert NotKey(msg.sender);
        (bool ok, bytes memory answer) = target.call(data);
        if (ok) return answer;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        (address signer, ECDSA.RecoverError err, ) = ECDSA.tryRecoverCalldata(hash, signature);
        bool valid = err == ECDSA.RecoverError.NoError && signer == _key;
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @dev Says yes to everything, and does whatever anyone asks. For accounts whose consent is not the question.
contract YesAccount is IERC1271 {
    function execute(address target, bytes calldata data) external {
        (bool ok, bytes memory answer) = target.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }
}

/// @dev Answers exactly the bytes it was given, whatever it is asked.
contract FixedAnswerAccount {
    bytes private _answer;

    constructor(bytes memory answer) {
        _answer = answer;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return _answer;
    }
}

/// @dev Reverts with the magic value as its reason.
contract RevertingAccount {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        assembly ("memory-safe") {
            mstore(0x00, magic)
            revert(0x00, 0x20)
        }
    }
}

/// @dev Burns all the gas it gets.
contract EndlessAccount {
    fallback() external {
        assembly ("memory-safe") {
            invalid()
        }
    }
}

/// @dev Would say yes, but writes to its storage first.
contract WritingAccount {
    uint256 private _asked;

    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        ++_asked;
        return IERC1271.isValidSignature.selector;
    }
}

/// @dev Says yes, and appends a lot.
contract LongAnswerAccount {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        bytes32 magic = bytes32(IERC1271.isValidSignature.selector);
        assembly ("memory-safe") {
            mstore(0x00, magic)
            return(0x00, 100000)
        }
    }
}
