// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {DeployTenure, TenureContracts} from "@tenure/contracts/testing/DeployTenure.sol";
import {TrustGate} from "@tenure/contracts/TrustGate.sol";
import {Test} from "forge-std/Test.sol";
import {Board} from "../src/Board.sol";

contract BoardTest is Test, DeployTenure {
    TenureContracts private tenure;
    Board private board;
    address private agent = makeAddr("agent");

    function setUp() public {
        tenure = deployTenure();
        board = new Board(tenure.vouches);
        vm.prank(agent);
        tenure.identities.register("ipfs://agent");
    }

    function test_RefusesANewcomer() public {
        uint256 tooLittleTenure = board.REASON_TENURE();
        vm.expectRevert(abi.encodeWithSelector(TrustGate.Untrusted.selector, 1, tooLittleTenure));
        vm.prank(agent);
        board.post("hello");
    }

    function test_LetsItInAfterTwoCheckIns() public {
        vm.startPrank(agent);
        // A check-in credits the time since the last one, 30 days of it at most.
        for (uint256 month = 0; month < 2; ++month) {
            skip(30 days);
            tenure.identities.pulse(1, "");
        }
        vm.expectEmit();
        emit Board.Posted(1, "hello");
        board.post("hello");
    }

    function test_TheRegistriesAreWhereTheyAreOnPublicChains() public view {
        assertEq(address(tenure.identities), 0xF7E6826731959DA357E28a301b8002C7E43872aa);
        assertEq(address(tenure.vouches), 0x0AD37D5993681bd33ea5044322dcf23C80c72cC6);
    }
}
