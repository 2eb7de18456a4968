// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Identity, KeyRole} from "./IIdentityRegistry.sol";
import {IVouchRegistry, Vouch} from "./IVouchRegistry.sol";

/// @notice The points of one identity; see `IVouchRegistry.standingOf`.
/// @param standing Tenure in units, capped, less what was burned.
/// @param staked Points locked.
/// @param burned Points burned, ever.
/// @param free Points that can be staked.
/// @param scars How many burns, counted up to 255.
struct Standing {
    uint256 standing;
    uint256 staked;
    uint256 burned;
    uint256 free;
    uint256 scars;
}

/// @notice All there is to know of one identity now.
/// @param key The address that was asked about; zero where an identity was asked about.
/// @param role What that address is to the identity. A `Former` key speaks for nobody: do not trust it for the
/// identity it once owned.
/// @param identity The identity; status `None` where unknown.
/// @param standing Its points.
/// @param support Points staked for it, given to its current key.
/// @param opposition Points staked against it.
struct Profile {
    address key;
    KeyRole role;
    Identity identity;
    Standing standing;
    uint256 support;
    uint256 opposition;
}

/// @notice An edge and its voucher.
/// @param vouch The edge.
/// @param voucher The voucher's profile.
struct VouchProfile {
    Vouch vouch;
    Profile voucher;
}

/// @title Pages of complete profiles in one call
/// @notice Read only and without state. It works without being deployed too, by sending its creation code in the call;
/// what such a call returns is at most 24,576 bytes (EIP-170), which are 30 profiles or 18 vouchers.
interface IRegistryLens {
    /// @notice The registry that it reads, which names the registry of identities.
    function vouches() external view returns (IVouchRegistry);

    /// @notice Profiles by identity, in the order asked.
    /// @param ids The identities.
    /// @return One profile for each; an unknown one has status `None`.
    function profiles(uint256[] calldata ids) external view returns (Profile[] memory);

    /// @notice Profiles by address, in the order asked.
    /// @param keys Owners, wallets or former keys.
    /// @return One profile for each; an unknown one has status `None`. See `Profile.role`.
    function profilesOf(address[] calldata keys) external view returns (Profile[] memory);

    /// @notice Everyone who ever staked for or against an identity, with their profiles, newest pair first.
    /// @param subjectId The identity.
    /// @param cursor Zero for the first page, then what the call before answered.
    /// @param limit The most that is returned.
    /// @return page The edges.
    /// @return next Where the next page starts; zero at the end.
    function vouchers(
        uint256 subjectId,
        uint256 cursor,
        uint256 limit
    ) external view returns (VouchProfile[] memory page, uint256 next);
}
