// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Identity, IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IRegistrationRenderer} from "../interfaces/IRegistrationRenderer.sol";
import {CivilDate} from "../libraries/CivilDate.sol";
import {Status} from "../libraries/IdentityRecord.sol";

/// @title Maker of the registration files of agents that gave none
/// @notice Makes an ERC-8004 registration file with ERC-721 attributes and a picture, wholly on chain.
/// @dev Without state, for any registry. Every value in the file is a number, a date or a word of this contract, so that
/// nothing needs escaping. The picture is square: marketplaces and wallets crop to a square.
contract RegistrationRenderer is IRegistrationRenderer {
    using Strings for uint256;

    /// @inheritdoc IRegistrationRenderer
    function tokenURI(IIdentityRegistry registry, uint256 agentId) external view returns (string memory) {
        Identity memory identity = registry.identityOf(agentId);
        return
            string.concat(
                "data:application/json;base64,",
                Base64.encode(
                    bytes(
                        string.concat(_description(identity), _attributes(identity), _registration(registry, agentId))
                    )
                )
            );
    }

    function _description(Identity memory identity) private pure returns (string memory) {
        return
            string.concat(
                '{"type":"https://eips.ethereum.org/EIPS/eip-8004#registration-v1","name":"Tenure identity ',
                identity.id.toString(),
                '","description":"A soulbound identity of an autonomous agent. It cannot be transferred; its age and tenure are written by the chain.","image":"data:image/svg+xml;base64,',
                Base64.encode(bytes(_picture(identity))),
                '","services":[],"x402Support":false,"active":',
                identity.status == Status.Active ? "true" : "false"
            );
    }

    /// @dev As marketplaces read them: ERC-721 metadata with `trait_type` and `display_type`.
    function _attributes(Identity memory identity) private pure returns (string memory) {
        return
            string.concat(
                ',"attributes":[{"trait_type":"Status","value":"',
                identity.status == Status.Active ? "Active" : "Suspended",
                '"},{"trait_type":"First seen","display_type":"date","value":',
                uint256(identity.firstSeen).toString(),
                '},{"trait_type":"Tenure (days)","display_type":"number","value":',
                _days(identity.tenure),
                '},{"trait_type":"Key epoch","display_type":"number","value":',
                uint256(identity.keyEpoch).toString(),
                "}]"
            );
    }

    function _registration(IIdentityRegistry registry, uint256 agentId) private view returns (string memory) {
        return
            string.concat(
                ',"registrations":[{"agentId":',
                agentId.toString(),
                ',"agentRegistry":"eip155:',
                block.chainid.toString(),
                ":",
                Strings.toChecksumHexString(address(registry)),
                '"}],"supportedTrust":["reputation"]}'
            );
    }

    function _picture(Identity memory identity) private pure returns (string memory) {
        (string memory word, string memory colour) = identity.status == Status.Active
            ? ("ACTIVE", "#3ddc97")
            : ("SUSPENDED", "#ffb454");
        string memory frame = string.concat(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" font-family="ui-monospace,Menlo,monospace" fill="#e8ecf4"><rect width="480" height="480" fill="#11151f"/><rect x="8" y="8" width="464" height="464" rx="24" fill="none" stroke="',
            colour,
            '" stroke-opacity=".5" stroke-width="2"/><text x="40" y="72" font-size="18" letter-spacing="7" fill="#8b95a9">TENURE</text><text x="440" y="72" font-size="18" letter-spacing="2" text-anchor="end" fill="',
            colour,
            '">',
            word,
            "</text>"
        );
        string memory facts = string.concat(
            '<text x="40" y="262" font-size="72" font-weight="700">#',
            identity.id.toString(),
            '</text><g font-size="16" fill="#8b95a9"><text x="40" y="372">FIRST SEEN</text><text x="272" y="372">TENURE</text></g><g font-size="26"><text x="40" y="412">',
            CivilDate.format(identity.firstSeen),
            '</text><text x="272" y="412">',
            _days(identity.tenure),
            " d</text></g></svg>"
        );
        return string.concat(frame, facts);
    }

    function _days(uint256 tenure) private pure returns (string memory) {
        return (tenure / 1 days).toString();
    }
}
