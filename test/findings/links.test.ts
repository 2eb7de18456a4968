import { expect } from "chai";
import type { Contract } from "ethers";
import { linksScene, ONE } from "../utils/agentLinks.ts";
import { ethers, loadFixture, MINUTE, now } from "../utils/identity.ts";
import { signWallet } from "../utils/identitySigning.ts";

describe("findings: links", () => {
  it("a link stands when the wallet that proved it is a contract, and is sold with its tokens (explained)", async () => {
    const { registry, links, owner, stranger: buyer } = await loadFixture(linksScene);
    const deeds = await ethers.deployContract("TransferableAgents");
    await deeds.connect(owner).register("");
    // A contract that obeys who holds the deed is the wallet of identity 1, and owns the agent.
    const account = (await ethers.deployContract("DeedAccount", [deeds, 1n])) as unknown as Contract;
    const newWallet = await account.getAddress();
    const deadline = (await now()) + MINUTE;
    const consent = { agentId: ONE, newWallet, owner: owner.address, deadline };
    const signature = await signWallet(registry, owner, consent);
    await registry.connect(owner).setAgentWallet(ONE, newWallet, deadline, signature);
    const agents = await ethers.deployContract("TransferableAgents");
    await agents.connect(owner).register("ipfs://agent");
    await agents.connect(owner).transferFrom(owner, account, 1);
    await links.connect(owner).link(ONE, agents, 1);

    await deeds.connect(owner).transferFrom(owner, buyer, 1); // the sale
    const edit = agents.interface.encodeFunctionData("setAgentURI", [1, "ipfs://buyer"]);
    await (account.connect(buyer) as Contract).getFunction("execute")(agents, edit);
    expect(await agents.tokenURI(1)).to.equal("ipfs://buyer");
    // It was the seller who chose such a wallet, and its own reputation that the buyer borrows, until it unlinks.
    expect(await links.linkedIdentity(agents, 1)).to.equal(ONE);
    await links.connect(owner).unlink(ONE, agents, 1);
    expect(await links.linkedIdentity(agents, 1)).to.equal(0n);
  });
});
