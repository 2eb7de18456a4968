import { rpcReader, shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { isPostgresInstalled } from "../../../../http-auth/test/utils/postgres.ts";
import { deployAgents } from "../../../../sdk/test/utils/agents.ts";
import { all } from "../../../../sdk/test/utils/all.ts";
import { nodes } from "../../../../sdk/test/utils/nodes.ts";
import { openWorld, type World } from "../../../../sdk/test/utils/world.ts";
import { type Databases, postgresDatabases, sqliteDatabases } from "../../../test/utils/databases.ts";
import { startFollowing, untilCaughtUp } from "../../../test/utils/following.ts";
import {
  askNode,
  type ChainName,
  readDelegationStatus,
  readLink,
  readMetadata,
  sqlFacts,
  sqlReader,
  verifyIndex,
} from "../index.ts";

for (const { node, isInstalled, start } of nodes) {
  describe(`followChain of ${node}`, () => {
    if (!isInstalled()) {
      it("needs `npm run anvil:install`");
      return;
    }
    const both: Databases[] = [sqliteDatabases(), ...(isPostgresInstalled() ? [postgresDatabases()] : [])];
    let world: World;
    beforeEach(async () => {
      world = await openWorld(0, start);
    });
    afterEach(() => world.close());

    for (const databases of both) {
      it(`should know links, grants and what identities say of themselves, on ${databases.engine}`, async () => {
        const [client, one, two] = world.members;
        const database = await databases.open();
        const following = startFollowing({ database, client });
        try {
          const name: ChainName = { chainId: client.chain.id, ...shortAddresses };
          // Names and texts as strangers may choose them.
          const odd = `a\u0000b${"\u{1f600}".repeat(2_000)}`;
          await one.registerSync({ agentURI: `ipfs://${odd}`, metadata: [{ key: odd, value: "0x0102" }] });
          await two.registerSync({});
          const agents = await deployAgents(client);
          await agents.register(one, "ipfs://agent");
          const agent = { agentRegistry: agents.address, agentId: 1n };
          await one.linkSync({ id: 1, ...agent });
          const handle = `0x${"a1".repeat(32)}` as const;
          await one.revokeDelegationSync({ handle });
          await one.advanceDelegationEpochSync({});
          await untilCaughtUp(database, name, client);

          const made = await client.getLink(agent);
          expect(made?.isLinked).to.equal(true);
          const read = async (at: object) => ({
            ...(await readLink(database, name, { ...agent, ...at })),
            isLinked: true,
          });
          expect(await read({})).to.deep.equal(made);
          const issuer = one.account.address;
          for (const grant of [handle, `0x${"b2".repeat(32)}` as const]) {
            const asked = { issuer, handle: grant };
            expect(await readDelegationStatus(database, name, asked)).to.deep.equal(
              await client.getDelegationStatus(asked),
            );
          }
          const own = await readMetadata(database, name, { id: 1, names: [odd, "other"] });
          expect(own).to.deep.equal({ uri: `ipfs://${odd}`, metadata: { [odd]: "0x0102", other: "0x" } });
          expect(await client.getAgentMetadata({ id: 1, key: odd })).to.equal("0x0102");

          const { number: blockNumber } = await sqlFacts(database, name).head();
          await one.unlinkSync({ id: 1, ...agent });
          await two.revokeDelegationSync({ handle });
          await untilCaughtUp(database, name, client);
          expect(await readLink(database, name, agent)).to.equal(undefined);
          expect(await read({ blockNumber })).to.deep.equal(made);
          const later = { issuer: two.account.address, handle };
          expect((await readDelegationStatus(database, name, later)).isRevoked).to.equal(true);
          expect((await readDelegationStatus(database, name, { ...later, blockNumber })).isRevoked).to.equal(false);
          expect(following.problems).to.deep.equal([]);
        } finally {
          await following.stop();
          await database.close();
        }
      });

      it(`should go back with a reorganisation, on ${databases.engine}`, async () => {
        const [client, one, two] = world.members;
        const database = await databases.open();
        const following = startFollowing({ database, client });
        try {
          const name: ChainName = { chainId: client.chain.id, ...shortAddresses };
          for (const member of [one, two]) await member.registerSync({});
          await world.earn(one, two);
          await one.vouchSync({ voucherId: 1, subjectId: 2, stake: 3, periods: 1 });
          await untilCaughtUp(database, name, client);
          const snapshot = await client.snapshot();
          await one.revokeSync({ voucherId: 1, subjectId: 2 });
          await untilCaughtUp(database, name, client);
          if (node === "anvil") {
            await client.request<{ Method: "anvil_reorg"; Parameters: [number, []]; ReturnType: null }>({
              method: "anvil_reorg",
              params: [2, []],
            });
            await client.mine({ blocks: 1 });
          } else {
            await client.revert({ id: snapshot });
            await two.pulseSync({ id: 2 });
            await two.pulseSync({ id: 2 });
          }
          await untilCaughtUp(database, name, client);
          const [sql, rpc] = [sqlReader(database, name, askNode(client)), rpcReader(client)];
          for (const id of [1, 2]) {
            expect(await sql.profile({ id })).to.deep.equal(await rpc.profile({ id }));
            expect(await all(sql.vouchers({ id }))).to.deep.equal(await all(rpc.vouchers({ id })));
          }
          expect((await verifyIndex({ database, name, client })).differences).to.deep.equal([]);
        } finally {
          await following.stop();
          await database.close();
        }
      });
    }
  });
}
