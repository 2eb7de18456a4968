// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IIdentityRegistry} from "../../../contracts/interfaces/IIdentityRegistry.sol";
import {IRegistryLens} from "../../../contracts/interfaces/IRegistryLens.sol";
import {IVouchRegistry} from "../../../contracts/interfaces/IVouchRegistry.sol";
import {Deed} from "./Model.sol";
import {SignatureHandler} from "./SignatureHandler.sol";
import {WatchfulAccount} from "./WatchfulAccount.sol";

/// @title Everything that can happen
/// @dev Six identities are there from the start and have some standing, or most runs would end before the first vouch.
contract Handler is SignatureHandler {
    uint256 private constant FIRST_AGENTS = 6;

    /// @dev What an identity had when it was last looked at.
    struct Seen {
        uint256 tenure;
        uint256 burned;
        uint256 scars;
        bool retired;
    }

    mapping(uint256 id => Seen) public seen;
    IRegistryLens public lens;

    /// @dev The end of a probe, which leaves nothing behind.
    error Probed();

    constructor() {
        vm.warp(clock);
        identities = deployIdentities(MAX_SILENCE, DELAY);
        twinIdentities = deployIdentities(MAX_SILENCE, DELAY);
        vouches = deployVouches(identities, ORIGIN, UNIT, PERIOD, CAP);
        twinVouches = deployVouches(identities, ORIGIN, UNIT, PERIOD, CAP);
        lens = IRegistryLens(deploy("RegistryLens", abi.encode(vouches)));
        _enlist();
        // Two of the smart accounts are among the first.
        for (uint256 i = 0; i < FIRST_AGENTS - 2; ++i) _register(actors[i]);
        for (uint256 i = 0; i < 2; ++i) _register(actors[EOAS + i]);
        for (uint256 round = 0; round < 3; ++round) {
            clock += MAX_SILENCE;
            vm.warp(clock);
            for (uint256 id = 1; id <= FIRST_AGENTS; ++id) _pulse(id, agents[id].owner);
        }
        for (uint256 id = 1; id <= FIRST_AGENTS; ++id) {
            bytes memory data = abi.encodeCall(IIdentityRegistry.setArbitration, (id, true));
            if (_act(agents[id].owner, address(identities), data, "")) agents[id].arbitrates = true;
        }
    }

    function wait(uint256 seed) external step(seed) {
        clock += _draw() % 60;
        vm.warp(clock);
    }

    /// @dev To the last second of a period or to the first one of the next, now and then over many.
    function cross(uint256 seed) external step(seed) {
        uint256 periods = _draw() % 8 == 0 ? _draw() % 10 : 0;
        uint256 border = ORIGIN + (currentPeriod() + 1 + periods) * PERIOD;
        clock = _draw() % 3 == 0 && clock < border - 1 ? border - 1 : border;
        vm.warp(clock);
    }

    /// @dev Nobody can pay these contracts, whatever they call.
    function pay(uint256 seed) external step(seed) {
        uint256 who = _draw();
        uint256 which = _draw();
        bytes4 selector = bytes4(bytes32(_draw()));
        bool known = _draw() % 2 == 0;
        if (known) selector = used[which % used.length];
        address actor = _anyone(who);
        address target = which % 2 == 0 ? address(identities) : address(vouches);
        vm.deal(actor, 1);
        vm.prank(actor);
        (bool ok, ) = target.call{value: 1}(abi.encodePacked(selector, new bytes(320)));
        assertFalse(ok, "a contract took ether");
        vm.prank(actor);
        (ok, ) = target.call{value: 1}("");
        assertFalse(ok, "a contract took ether");
        vm.deal(actor, 0);
    }

    /// @dev Burns what is staked in one deed, in the last second in which that is possible, and one point a second
    /// later, whatever happened to voucher and subject since. Reverts always.
    function probeLiability(uint256 index) external {
        Deed storage d = deeds[index];
        uint256 lastSecond = ORIGIN + (d.release + 1) * PERIOD - 1;
        address judge = _ownerOf(d.arbiter);
        bytes memory why = _ifActiveAgent(d.arbiter);
        bytes memory one = abi.encodeCall(IVouchRegistry.burn, (d.voucher, d.subject, 1, ""));
        if (clock <= lastSecond && d.stake != 0) {
            vm.warp(lastSecond);
            bytes memory all = abi.encodeCall(IVouchRegistry.burn, (d.voucher, d.subject, d.stake, ""));
            _act(judge, address(vouches), all, why);
        }
        if (why.length == 0) {
            why = abi.encodeWithSelector(IVouchRegistry.VouchReleased.selector, d.voucher, d.subject, d.release);
        }
        vm.warp(lastSecond < clock ? clock : lastSecond + 1);
        _act(judge, address(vouches), one, why);
        revert Probed();
    }

    function strangeCalls() external view returns (uint256 sum) {
        for (uint256 i = EOAS; i < actors.length; ++i) {
            if (actors[i].code.length != 0) sum += WatchfulAccount(payable(actors[i])).strangeCalls();
        }
    }

    /// @dev One identity after the other: all of them before each call would be most of the work.
    function _remember() internal override {
        uint256 id = 1 + (calls % agentCount);
        (, , uint256 burnt, , uint256 scarCount) = vouches.standingOf(id);
        seen[id] = Seen({
            tenure: identities.tenureOf(id),
            burned: burnt,
            scars: scarCount,
            retired: identities.getRecord(id).owner() == address(0)
        });
    }
}
