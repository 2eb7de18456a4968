// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DeployTenure} from "@tenure/contracts/testing/DeployTenure.sol";
import {TrustGate} from "@tenure/contracts/TrustGate.sol";
import {Board} from "../contracts/Board.sol";

contract BoardTest is DeployTenure {
    Board private board;

    function setUp() public {
        board = new Board(deployTenure().vouches);
    }

    function test_RefusesAStranger() public {
        try board.post("hello") {
            revert("A stranger was let in.");
        } catch (bytes memory refusal) {
            bytes memory expected = abi.encodeWithSelector(TrustGate.Untrusted.selector, 0, board.REASON_UNKNOWN());
            require(keccak256(refusal) == keccak256(expected), "It was refused for another reason.");
        }
    }
}
