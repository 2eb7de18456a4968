// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IIdentityRegistry, KeyRole} from "./interfaces/IIdentityRegistry.sol";
import {IRegistryLens, Profile, Standing, VouchProfile} from "./interfaces/IRegistryLens.sol";
import {IVouchRegistry, Vouch} from "./interfaces/IVouchRegistry.sol";

/// @title Pages of complete profiles in one call
/// @notice Read only and without state.
/// @dev No result begins with the byte 0xEF, which a call without deployment cannot return (EIP-3541): the pages are
/// dynamic types, which begin with an offset.
contract RegistryLens is IRegistryLens {
    /// @inheritdoc IRegistryLens
    IVouchRegistry public immutable vouches;
    IIdentityRegistry private immutable _identities;

    /// @param vouches_ The registry to read.
    constructor(IVouchRegistry vouches_) {
        vouches = vouches_;
        _identities = vouches_.identities();
    }

    /// @inheritdoc IRegistryLens
    function profiles(uint256[] calldata ids) external view returns (Profile[] memory page) {
        page = new Profile[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            page[i] = _profile(address(0), KeyRole.None, ids[i]);
        }
    }

    /// @inheritdoc IRegistryLens
    function profilesOf(address[] calldata keys) external view returns (Profile[] memory page) {
        page = new Profile[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            (uint256 id, KeyRole role, ) = _identities.resolve(keys[i]);
            page[i] = _profile(keys[i], role, id);
        }
    }

    /// @inheritdoc IRegistryLens
    function vouchers(
        uint256 subjectId,
        uint256 cursor,
        uint256 limit
    ) external view returns (VouchProfile[] memory page, uint256 next) {
        Vouch[] memory edges;
        (edges, next) = vouches.vouchersOf(subjectId, cursor, limit);
        page = new VouchProfile[](edges.length);
        for (uint256 i = 0; i < edges.length; ++i) {
            page[i] = VouchProfile(edges[i], _profile(address(0), KeyRole.None, edges[i].voucherId));
        }
    }

    function _profile(address key, KeyRole role, uint256 id) private view returns (Profile memory profile) {
        profile.key = key;
        profile.role = role;
        profile.identity = _identities.identityOf(id);
        Standing memory s = profile.standing;
        (s.standing, s.staked, s.burned, s.free, s.scars) = vouches.standingOf(id);
        (profile.support, profile.opposition) = vouches.supportOf(id);
    }
}
