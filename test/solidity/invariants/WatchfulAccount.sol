// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";

/// @dev An account with code that one key signs for. It notices every other call.
contract WatchfulAccount is IERC1271 {
    address private immutable _signer;
    uint256 public strangeCalls;

    constructor(address signer) {
        _signer = signer;
    }

    /// @dev Within a static call this reverts, so a registry that makes one fails, and any other is counted.
    fallback() external payable {
        ++strangeCalls;
    }

    receive() external payable {
        ++strangeCalls;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recoverCalldata(hash, signature) == _signer ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

/// @dev Registers while it has no code yet, and leaves none where it is told so: looking at code never shows that one.
contract NewbornAccount is WatchfulAccount {
    constructor(address signer, IIdentityRegistry identities, bool leavesNothing) WatchfulAccount(signer) {
        identities.register();
        if (!leavesNothing) return;
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}
