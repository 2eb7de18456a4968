// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";

/// @dev An identity's owner, who does what the crowd says.
contract CrowdMember {
    address private immutable _CROWD = msg.sender;

    constructor(IIdentityRegistry identities) {
        identities.register();
    }

    function act(address target, bytes calldata data) external {
        require(msg.sender == _CROWD, "not of this crowd");
        (bool isDone, bytes memory reason) = target.call(data);
        if (!isDone) {
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }
}

/// @dev Many identities in few transactions, each with an owner of its own. The first to register on its chain, so that
/// the number of an identity is also that of its owner.
contract Crowd {
    IIdentityRegistry private immutable _IDENTITIES;
    IVouchRegistry private immutable _VOUCHES;
    bytes32 private immutable _CODE_HASH;

    uint256 private _size;

    constructor(IVouchRegistry vouches) {
        _VOUCHES = vouches;
        _IDENTITIES = vouches.identities();
        _CODE_HASH = keccak256(abi.encodePacked(type(CrowdMember).creationCode, abi.encode(_IDENTITIES)));
    }

    function register(uint256 count) external {
        uint256 first = _size + 1;
        for (uint256 id = first; id < first + count; ++id) {
            new CrowdMember{salt: bytes32(id)}(_IDENTITIES);
        }
        _size += count;
    }

    /// @dev Each of so many identities from `first` on checks in, for nothing else earns a point.
    function checkIn(uint256 first, uint256 count) external {
        for (uint256 id = first; id < first + count; ++id) {
            bytes memory data = abi.encodeCall(IIdentityRegistry.pulse, (id, bytes32(0)));
            CrowdMember(memberOf(id)).act(address(_IDENTITIES), data);
        }
    }

    /// @dev Each of `voucherIds` vouches for the subject at the same place.
    function vouch(uint256[] calldata voucherIds, uint256[] calldata subjectIds) external {
        for (uint256 i = 0; i < voucherIds.length; ++i) {
            bytes memory data = abi.encodeCall(
                IVouchRegistry.vouch,
                (voucherIds[i], subjectIds[i], 1, 6, 0, bytes32(0), "")
            );
            CrowdMember(memberOf(voucherIds[i])).act(address(_VOUCHES), data);
        }
    }

    function memberOf(uint256 id) public view returns (address) {
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), address(this), bytes32(id), _CODE_HASH));
        return address(uint160(uint256(hash)));
    }
}
