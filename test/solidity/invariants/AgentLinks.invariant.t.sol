// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {StdInvariant} from "forge-std/StdInvariant.sol";

import {AgentLink, IAgentLinks} from "../../../contracts/interfaces/IAgentLinks.sol";
import {DeployedTest} from "../utils/DeployedTest.sol";
import {LinksHandler, Promise} from "./LinksHandler.sol";

/// @title The invariants of the links
///
/// 1. A link is true exactly while both owners, and whoever proved it, are as they were.
/// 2. A token has the link that was made last, and an identity's list holds exactly the tokens that are linked to it.
///
/// @dev The handler asserts that each action succeeds, or is refused with its reason, as the rules say.
contract AgentLinksInvariantTest is DeployedTest {
    LinksHandler private _handler;
    IAgentLinks private _links;

    function setUp() public {
        _handler = LinksHandler(deploy("LinksHandler", ""));
        _links = _handler.links();
        bytes4[] memory selectors = new bytes4[](10);
        selectors[0] = _handler.link.selector;
        selectors[1] = _handler.link.selector;
        selectors[2] = _handler.link.selector;
        selectors[3] = _handler.unlink.selector;
        selectors[4] = _handler.transfer.selector;
        selectors[5] = _handler.setTokenWallet.selector;
        selectors[6] = _handler.rotate.selector;
        selectors[7] = _handler.changeWallet.selector;
        selectors[8] = _handler.toggle.selector;
        selectors[9] = _handler.retire.selector;
        targetSelector(StdInvariant.FuzzSelector(address(_handler), selectors));
        targetContract(address(_handler));
    }

    function invariant_1_ALinkIsTrueExactlyWhileBothOwnersAreAsTheyWere() public view {
        for (uint256 token = 0; token < _handler.TOKENS(); ++token) {
            _compare(address(_handler.agents()), token);
            _compare(address(_handler.plain()), token);
        }
    }

    function invariant_2_ListsHoldExactlyWhatIsLinked() public view {
        for (uint256 id = 1; id <= _handler.IDENTITIES(); ++id) {
            (AgentLink[] memory page, uint256 next) = _links.linksOf(id, 0, 100);
            assertEq(next, 0);
            assertEq(page.length, _handler.counts(id), "count");
            for (uint256 i = 0; i < page.length; ++i) {
                assertEq(page[i].id, id, "another identity's");
                AgentLink memory one = _links.linkOf(page[i].registry, page[i].agentId);
                assertEq(abi.encode(page[i]), abi.encode(one), "entry");
                for (uint256 j = 0; j < i; ++j) {
                    assertFalse(
                        page[i].registry == page[j].registry && page[i].agentId == page[j].agentId,
                        "met twice"
                    );
                }
            }
        }
    }

    function _compare(address registry, uint256 token) private view {
        Promise memory p = _handler.promiseOf(registry, token);
        bool isTrue = _handler.isTrue(registry, token);
        AgentLink memory link = _links.linkOf(registry, token);
        assertEq(link.id, p.id, "id");
        assertEq(link.tokenOwner, p.tokenOwner, "token owner");
        assertEq(link.keyEpoch, p.keyChanges, "key epoch");
        assertEq(link.throughWallet, p.throughWallet, "through wallet");
        assertEq(link.isLinked, isTrue, "linkOf");
        assertEq(_links.linkedIdentity(registry, token), isTrue ? p.id : 0, "linkedIdentity");
        for (uint256 id = 0; id <= _handler.IDENTITIES(); ++id) {
            assertEq(_links.isLinked(id, registry, token), isTrue && id == p.id, "isLinked");
        }
    }
}
