// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";

/// @dev An identity's owner, who does what the farm says.
abstract contract Puppet {
    address internal immutable _FARM = msg.sender;

    function act(address target, bytes calldata data) external {
        require(msg.sender == _FARM, "not of this farm");
        (bool isDone, bytes memory reason) = target.call(data);
        if (!isDone) {
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }

    function _enrol(IIdentityRegistry identities, bool isApproving) internal {
        identities.register();
        if (isApproving) identities.setApprovalForAll(_FARM, true);
    }
}

/// @dev A puppet with code of its own.
contract FullPuppet is Puppet {
    constructor(IIdentityRegistry identities, bool isApproving) {
        _enrol(identities, isApproving);
    }
}

/// @dev What minimal proxies (ERC-1167) point to.
contract SharedPuppet is Puppet {
    function enrol(IIdentityRegistry identities, bool isApproving) external {
        _enrol(identities, isApproving);
    }
}

/// @dev Any number of identities under one key, as cheap as they come. It knows the registries' functions only as far as
/// registering goes; of the rest it knows that the first argument is the number of the identity that acts.
contract Farm {
    IIdentityRegistry private immutable _IDENTITIES;
    SharedPuppet private immutable _SHARED;
    bool private immutable _IS_APPROVING;
    bytes32 private immutable _CODE_HASH;
    address private immutable _KEY = msg.sender;

    modifier onlyKey() {
        require(msg.sender == _KEY, "not of this farmer");
        _;
    }

    /// @param isShared Whether the puppets are minimal proxies.
    /// @param isApproving Whether each makes the farm its operator.
    constructor(IIdentityRegistry identities, bool isShared, bool isApproving) {
        _IDENTITIES = identities;
        _SHARED = isShared ? new SharedPuppet() : SharedPuppet(address(0));
        _IS_APPROVING = isApproving;
        _CODE_HASH = keccak256(_creationCode(isShared ? address(_SHARED) : address(0), identities, isApproving));
    }

    /// @dev Makes the puppets at places `first` to `first + count - 1`, each with an identity.
    function grow(uint256 first, uint256 count) external onlyKey {
        bytes memory code = _creationCode(address(_SHARED), _IDENTITIES, _IS_APPROVING);
        for (uint256 place = first; place < first + count; ++place) {
            address puppet;
            assembly ("memory-safe") {
                puppet := create2(0, add(code, 32), mload(code), place)
            }
            require(puppet != address(0), "no puppet");
            if (address(_SHARED) != address(0)) SharedPuppet(puppet).enrol(_IDENTITIES, _IS_APPROVING);
        }
    }

    /// @dev Calls `selector(id, tail)` as the operator of the identities `firstId` and following.
    function operate(
        uint256 firstId,
        uint256 count,
        address target,
        bytes4 selector,
        bytes calldata tail
    ) external onlyKey {
        for (uint256 id = firstId; id < firstId + count; ++id) {
            (bool isDone, ) = target.call(abi.encodePacked(selector, id, tail));
            require(isDone, "refused");
        }
    }

    /// @dev Lets the puppets from place `first` on call `selector(id, tail)`, each for its identity: the first has `firstId`.
    function command(
        uint256 first,
        uint256 count,
        uint256 firstId,
        address target,
        bytes4 selector,
        bytes calldata tail
    ) external onlyKey {
        for (uint256 i = 0; i < count; ++i) {
            Puppet(puppetAt(first + i)).act(target, abi.encodePacked(selector, firstId + i, tail));
        }
    }

    function puppetAt(uint256 place) public view returns (address) {
        return address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), place, _CODE_HASH)))));
    }

    function _creationCode(
        address shared,
        IIdentityRegistry identities,
        bool isApproving
    ) private pure returns (bytes memory) {
        if (shared == address(0)) {
            return abi.encodePacked(type(FullPuppet).creationCode, abi.encode(identities, isApproving));
        }
        return
            abi.encodePacked(
                hex"3d602d80600a3d3981f3363d3d373d3d3d363d73",
                shared,
                hex"5af43d82803e903d91602b57fd5bf3"
            );
    }
}
