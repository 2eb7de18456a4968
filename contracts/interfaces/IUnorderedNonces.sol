// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Nonces without an order
/// @notice A signature carries any number that its signer has not used here. Signatures do not wait for each other, and
/// taking one back makes no other one valid.
/// @dev Nonces are the bits of words: `nonce >> 8` is the word, `nonce & 0xff` the bit. The first nonce of a word costs a
/// fresh word, the other 255 a rewritten one. A consent whose message has no nonce (`RotateKey`, `AgentWalletSet`,
/// `Pulse`) has its EIP-712 digest as nonce: using it does not spend that, but its signer can make it void.
interface IUnorderedNonces {
    /// @notice Emitted when a signer makes signatures void that nobody has used.
    /// @param owner The signer.
    /// @param word The word.
    /// @param mask The bits of that word that are used up from now on.
    event NoncesInvalidated(address indexed owner, uint256 indexed word, uint256 mask);

    /// @notice Thrown when a signature carries a nonce that was used, or made void.
    /// @param owner The signer.
    /// @param nonce The nonce.
    error NonceUsed(address owner, uint256 nonce);

    /// @notice Makes every signature void that the caller gave with one of these nonces and that nobody has used.
    /// @dev In this registry only. Bits that are used already stay so.
    /// @param word The word: nonce / 256.
    /// @param mask The bits: 1 << (nonce % 256) for each nonce.
    function invalidateNonces(uint256 word, uint256 mask) external;

    /// @notice Which nonces of a word are used up.
    /// @param owner The signer.
    /// @param word The word: nonce / 256.
    /// @return A bit for each of the 256 nonces.
    function nonceBitmap(address owner, uint256 word) external view returns (uint256);

    /// @notice Whether a nonce is used up.
    /// @param owner The signer.
    /// @param nonce The nonce.
    /// @return True where it was used or made void.
    function isNonceUsed(address owner, uint256 nonce) external view returns (bool);
}
