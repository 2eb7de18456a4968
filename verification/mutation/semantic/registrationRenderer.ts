import type { Slips } from "./slip.ts";
import { statedIn } from "./statedIn.ts";

export const registrationRenderer: Slips = {
  file: "contracts/periphery/RegistrationRenderer.sol",
  slips: statedIn("test/conformance/registrationFile.test.ts", [
    {
      rule: "The picture says the state in its word, and not in the colour alone.",
      from: ': ("SUSPENDED", "#ffb454");',
      to: ': ("ACTIVE", "#ffb454");',
    },
    {
      rule: "The picture says the state in its colour, and not in the word alone.",
      from: ': ("SUSPENDED", "#ffb454");',
      to: ': ("SUSPENDED", "#3ddc97");',
    },
    {
      rule: "The picture's word has the colour of its frame.",
      from: `            colour,
            '">',`,
      to: `            "#3ddc97",
            '">',`,
    },
    {
      rule: "The picture says the state, and not whether a change waits.",
      from: "(string memory word, string memory colour) = identity.status == Status.Active\n",
      to: "(string memory word, string memory colour) = identity.status == Status.Active && identity.pending.readyAt == 0\n",
    },
    {
      rule: "The attribute says the state, and not whether a change waits.",
      from: `                identity.status == Status.Active ? "Active" : "Suspended",`,
      to: `                identity.status == Status.Active && identity.pending.readyAt == 0 ? "Active" : "Suspended",`,
    },
    {
      rule: "`active` is the state, and not whether the owner is its own wallet.",
      from: `identity.status == Status.Active ? "true" : "false"`,
      to: `identity.wallet == identity.owner ? "true" : "false"`,
    },
    {
      rule: "The picture shows witnessed days, and not the age at the last check-in.",
      from: `            _days(identity.tenure),
            " d</text>`,
      to: `            _days(identity.lastSeen - identity.firstSeen),
            " d</text>`,
    },
    {
      rule: "The attribute counts witnessed days, and not the age at the last check-in.",
      from: `                _days(identity.tenure),
                '},{"trait_type":"Key`,
      to: `                _days(identity.lastSeen - identity.firstSeen),
                '},{"trait_type":"Key`,
    },
    {
      rule: "A day of tenure counts when it is over, and not when it begins.",
      from: "return (tenure / 1 days).toString();",
      to: "return ((tenure + 1 days - 1) / 1 days).toString();",
    },
    {
      rule: "The attribute's date is in seconds, as marketplaces read it.",
      from: "uint256(identity.firstSeen).toString(),",
      to: "(uint256(identity.firstSeen) * 1000).toString(),",
    },
    {
      rule: "The document names the registry that it is asked about, whoever asks.",
      from: "Strings.toChecksumHexString(address(registry)),",
      to: "Strings.toChecksumHexString(msg.sender),",
      more: [
        {
          from: "_registration(IIdentityRegistry registry, uint256 agentId)",
          to: "_registration(IIdentityRegistry, uint256 agentId)",
        },
      ],
    },
    {
      rule: "The document names the registry by its checksummed address.",
      from: "Strings.toChecksumHexString(address(registry)),",
      to: "Strings.toHexString(address(registry)),",
    },
    {
      rule: "The document gives the identity's number as a number.",
      from: `',"registrations":[{"agentId":',
                agentId.toString(),
                ',"agentRegistry"`,
      to: `',"registrations":[{"agentId":"',
                agentId.toString(),
                '","agentRegistry"`,
    },
    {
      rule: "The key epoch counts changes, and not keys.",
      from: "uint256(identity.keyEpoch).toString(),",
      to: "(uint256(identity.keyEpoch) + 1).toString(),",
    },
    {
      rule: "The document counts what check-ins credited, and nothing of the silence that goes on.",
      from: "        Identity memory identity = registry.identityOf(agentId);",
      to: `        Identity memory identity = registry.identityOf(agentId);
        identity.tenure += uint40(block.timestamp) - identity.lastSeen;`,
    },
    {
      rule: "The document of a suspended identity shows the tenure that it has.",
      from: "        Identity memory identity = registry.identityOf(agentId);",
      to: `        Identity memory identity = registry.identityOf(agentId);
        if (identity.status != Status.Active) identity.tenure = 0;`,
    },
    {
      rule: "The document of a suspended identity shows its key epoch.",
      from: "uint256(identity.keyEpoch).toString(),",
      to: "uint256(identity.status == Status.Active ? identity.keyEpoch : 0).toString(),",
    },
    {
      rule: "The document names the chain that it is read on.",
      from: "block.chainid.toString(),",
      to: '"1",',
      more: [{ from: "uint256 agentId) private view returns", to: "uint256 agentId) private pure returns" }],
    },
  ]),
};
