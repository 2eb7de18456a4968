// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUnorderedNonces} from "../interfaces/IUnorderedNonces.sol";

/// @title Nonces without an order
/// @notice Keeps which nonces each signer has used, 256 to a word.
abstract contract UnorderedNonces is IUnorderedNonces {
    mapping(address owner => mapping(uint256 word => uint256)) private _bitmaps;

    /// @inheritdoc IUnorderedNonces
    function invalidateNonces(uint256 word, uint256 mask) external {
        _bitmaps[msg.sender][word] |= mask;
        emit NoncesInvalidated(msg.sender, word, mask);
    }

    /// @inheritdoc IUnorderedNonces
    function nonceBitmap(address owner, uint256 word) external view returns (uint256) {
        return _bitmaps[owner][word];
    }

    /// @inheritdoc IUnorderedNonces
    function isNonceUsed(address owner, uint256 nonce) public view returns (bool) {
        return _bitmaps[owner][nonce >> 8] & (1 << (nonce & 0xff)) != 0;
    }

    function _useNonce(address owner, uint256 nonce) internal {
        if (isNonceUsed(owner, nonce)) revert NonceUsed(owner, nonce);
        _bitmaps[owner][nonce >> 8] |= 1 << (nonce & 0xff);
    }
}
