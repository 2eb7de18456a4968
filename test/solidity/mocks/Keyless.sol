// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @dev Code for an account that delegates (EIP-7702): it does what the holder of a token asks, and whoever buys the token
/// is the next one to ask.
contract DeedAccount {
    IERC721 private immutable _deeds;
    uint256 private immutable _deed;

    error NotHolder(address caller);

    constructor(IERC721 deeds, uint256 deed) {
        _deeds = deeds;
        _deed = deed;
    }

    function execute(address target, bytes calldata data) external returns (bytes memory) {
        if (msg.sender != _deeds.ownerOf(_deed)) revert NotHolder(msg.sender);
        (bool ok, bytes memory answer) = target.call(data);
        if (ok) return answer;
        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        (address signer, , ) = ECDSA.tryRecoverCalldata(hash, signature);
        return signer == _deeds.ownerOf(_deed) ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }

    receive() external payable {}
}
