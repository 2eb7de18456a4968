// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AgentLink, IAgentLinks} from "../../contracts/interfaces/IAgentLinks.sol";
import {IIdentityRegistry, KeyRole} from "../../contracts/interfaces/IIdentityRegistry.sol";
import {IdentityRecord, IdentityRecordLib, Status} from "../../contracts/libraries/IdentityRecord.sol";
import {HostileToken, PlainToken} from "./mocks/Tokens.sol";
import {DeployedTest} from "./utils/DeployedTest.sol";

/// @dev A registry that says of its one identity what it is told to, possible or not.
contract IdentityStub {
    IdentityRecord private _record;
    KeyRole private _role;

    function set(IdentityRecord record, KeyRole role) external {
        _record = record;
        _role = role;
    }

    function getRecord(uint256) external view returns (IdentityRecord) {
        return _record;
    }

    function resolve(address) external view returns (uint256, KeyRole, uint40) {
        return (1, _role, 1);
    }
}

contract AgentLinksTest is DeployedTest {
    uint256 private constant ID = 1;
    uint256 private constant TOKEN = 7;
    uint256 private constant LIST = 12;

    IIdentityRegistry private _identities;
    IAgentLinks private _links;
    PlainToken private _plain;
    HostileToken private _hostile;
    address private _owner = address(0xa11ce);

    function setUp() public {
        _identities = deployIdentities(30 days, 7 days);
        _links = IAgentLinks(deploy("AgentLinks", abi.encode(_identities)));
        _plain = new PlainToken();
        _hostile = new HostileToken();
        vm.prank(_owner);
        _identities.register();
    }

    function testFuzz_isLinked_GivenAnyGas_WhenTheTokenNeedsAllOfIt_ItShouldBeTrueOrRevert(
        uint256 gas,
        bool throughWallet
    ) public {
        gas = bound(gas, 0, 400_000);
        address stranger = address(0xb0b);
        _hostile.setOwner(HostileToken.Mood.Demanding, throughWallet ? stranger : _owner, 95_000);
        _hostile.setWallet(HostileToken.Mood.Demanding, _owner, 95_000);
        vm.prank(_owner);
        _links.link(ID, address(_hostile), TOKEN);
        try _links.isLinked{gas: gas}(ID, address(_hostile), TOKEN) returns (bool answer) {
            assertTrue(answer, "a false no");
        } catch {
            assertLt(gas, 240_000, "enough gas");
        }
    }

    function testFuzz_isLinked_GivenAnyAnswer_ItShouldBeTrueOfACleanAddressOfAtLeastAWordOnly(
        bytes memory answer
    ) public {
        _hostile.setOwner(HostileToken.Mood.Honest, _owner, 0);
        vm.prank(_owner);
        _links.link(ID, address(_hostile), TOKEN);
        vm.mockCall(address(_hostile), abi.encodeCall(_plain.ownerOf, (TOKEN)), answer);
        bool isOwner = answer.length >= 32 && bytes32(answer) == bytes32(uint256(uint160(_owner)));
        assertEq(_links.isLinked(ID, address(_hostile), TOKEN), isOwner);
        vm.mockCall(
            address(_hostile),
            abi.encodeCall(_plain.ownerOf, (TOKEN)),
            bytes.concat(abi.encode(_owner), answer)
        );
        assertTrue(_links.isLinked(ID, address(_hostile), TOKEN));
    }

    /// @dev The registry of identities keeps these together; a link looks at each.
    function testFuzz_isLinked_GivenAnyRecord_ItShouldAskForStatusEpochAndRole(
        uint8 epoch,
        uint8 status,
        uint8 role
    ) public {
        IdentityStub stub = new IdentityStub();
        IdentityRecord record = IdentityRecordLib.create(_owner, 1);
        for (uint256 i = 0; i < 3; ++i) record = record.withNextKeyEpoch();
        stub.set(record, KeyRole.Owner);
        IAgentLinks links = IAgentLinks(deploy("AgentLinks", abi.encode(stub)));
        _plain.mint(_owner, TOKEN);
        vm.prank(_owner);
        links.link(ID, address(_plain), TOKEN);
        assertTrue(links.isLinked(ID, address(_plain), TOKEN));

        epoch = uint8(bound(epoch, 0, 6));
        Status what = Status(bound(status, 1, 3));
        KeyRole which = KeyRole(bound(role, 0, 3));
        record = IdentityRecordLib.create(_owner, 1).withStatus(what);
        for (uint256 i = 0; i < epoch; ++i) record = record.withNextKeyEpoch();
        stub.set(record, which);
        bool holds = which == KeyRole.Owner || which == KeyRole.Wallet;
        assertEq(links.isLinked(ID, address(_plain), TOKEN), holds && epoch == 3 && what != Status.Retired);
    }

    /// @dev Against a list kept in the plainest way.
    function testFuzz_linksOf_GivenAnyLinkingAndUnlinking_ItShouldHoldExactlyWhatIsLinked(
        uint8[32] memory steps
    ) public {
        for (uint256 token = 0; token < LIST; ++token) _plain.mint(_owner, token);
        bool[LIST] memory linked;
        vm.startPrank(_owner);
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 token = steps[i] % LIST;
            if (linked[token]) _links.unlink(ID, address(_plain), token);
            else _links.link(ID, address(_plain), token);
            linked[token] = !linked[token];
        }
        vm.stopPrank();
        (AgentLink[] memory page, uint256 next) = _links.linksOf(ID, 0, LIST);
        assertEq(next, 0);
        uint256 count = 0;
        for (uint256 token = 0; token < LIST; ++token) {
            assertEq(_links.isLinked(ID, address(_plain), token), linked[token]);
            if (linked[token]) ++count;
        }
        assertEq(page.length, count);
        for (uint256 i = 0; i < count; ++i) {
            assertTrue(page[i].isLinked);
            assertTrue(linked[page[i].agentId], "not linked, or met twice");
            linked[page[i].agentId] = false;
        }
    }

    function testFuzz_linksOf_GivenAnyCursorAndLimit_ItShouldAnswerThatSlice(uint256 cursor, uint256 limit) public {
        vm.startPrank(_owner);
        for (uint256 token = 0; token < LIST; ++token) {
            _plain.mint(_owner, token);
            _links.link(ID, address(_plain), token);
        }
        vm.stopPrank();
        if (cursor % 2 == 0) cursor %= LIST + 2;
        if (limit % 2 == 0) limit %= LIST + 2;
        (AgentLink[] memory page, uint256 next) = _links.linksOf(ID, cursor, limit);
        uint256 left = cursor < LIST ? LIST - cursor : 0;
        assertEq(page.length, limit < left ? limit : left);
        for (uint256 i = 0; i < page.length; ++i) assertEq(page[i].agentId, cursor + i);
        assertEq(next, limit < left ? cursor + limit : 0);
    }
}
