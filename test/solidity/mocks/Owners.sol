// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Does what one call says.
library Act {
    error Failed(bytes reason);

    function on(address target, bytes memory data) internal returns (bytes memory answer) {
        bool isDone;
        (isDone, answer) = target.call(data);
        if (!isDone) revert Failed(answer);
    }
}

/// @dev Registers, or does whatever else, from its constructor, and leaves no code behind.
contract ConstructorOnly {
    constructor(address target, bytes memory data) {
        Act.on(target, data);
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}

/// @dev Acts from its constructor alone, and destroys itself in the same transaction: it has no code before or after, and
/// can be made again.
contract Phantom {
    constructor() {
        PhantomMaker maker = PhantomMaker(msg.sender);
        Act.on(maker.target(), maker.data());
        // Code of two bytes: CALLER, SELFDESTRUCT.
        (bool isDone, ) = maker.destroyer().delegatecall("");
        require(isDone, "not destroyed");
    }
}

/// @dev Makes one phantom again and again, at one address.
contract PhantomMaker {
    address public immutable destroyer;
    address public target;
    bytes public data;

    constructor() {
        bytes memory initcode = hex"6133ff6000526002601ef3";
        address made;
        assembly ("memory-safe") {
            made := create(0, add(initcode, 32), mload(initcode))
        }
        destroyer = made;
    }

    function act(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
        new Phantom{salt: 0}();
    }

    function phantom() external view returns (address) {
        bytes32 codeHash = keccak256(type(Phantom).creationCode);
        bytes32 hash = keccak256(abi.encodePacked(bytes1(0xff), address(this), bytes32(0), codeHash));
        return address(uint160(uint256(hash)));
    }
}

/// @dev Owns what it owns for its holder, who sells himself out of it: at once, exclusively, and unseen by any registry.
contract AccountForSale {
    address public holder = msg.sender;
    uint256 public price;

    error NotHolder(address caller);

    function execute(address target, bytes calldata data) external returns (bytes memory) {
        if (msg.sender != holder) revert NotHolder(msg.sender);
        return Act.on(target, data);
    }

    function offer(uint256 price_) external {
        if (msg.sender != holder) revert NotHolder(msg.sender);
        price = price_;
    }

    function buy() external payable {
        require(price != 0 && msg.value == price, "not that price");
        address seller = holder;
        (holder, price) = (msg.sender, 0);
        (bool isPaid, ) = seller.call{value: msg.value}("");
        require(isPaid, "not paid");
    }
}

/// @dev Several calls in one transaction, for whoever sends them.
contract BatchAccount {
    address private immutable _HOLDER = msg.sender;

    function execute(address[] calldata targets, bytes[] calldata calls) external {
        require(msg.sender == _HOLDER, "not the holder");
        for (uint256 i = 0; i < targets.length; ++i) Act.on(targets[i], calls[i]);
    }
}
