import { expect } from "chai";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { decision, question } from "../../test/utils/decisions.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { type Anchoring, anchorLog } from "./anchorLog.ts";
import type { AnchorEntry } from "./entry.ts";
import { openFileStore } from "./file/fileStore.ts";
import { openDecisionLog } from "./openDecisionLog.ts";
import { readAnchors } from "./readAnchors.ts";
import type { LogReader } from "./store.ts";
import { verifyLog } from "./verifyLog.ts";

/** The same log, as it would be if somebody had cut off its end. */
function cutAt(reader: LogReader, size: number): LogReader {
  return { ...reader, extent: async () => ({ first: 0, size }), lines: (from) => reader.lines(from, size) };
}

describe("anchorLog", function () {
  this.timeout(60_000);
  const newFolder = temporaryFolders();
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());
  const open = async () => openDecisionLog(await openFileStore({ folder: newFolder(), segmentHeight: 3 }));

  it("should put the root on the chain, from where the log is verified", async () => {
    const [client] = world.members;
    const { id } = await client.registerSync({});
    const log = await open();
    for (let count = 0; count < 11; count++) await log.append(question(), decision());
    const { root } = await log.checkpoint();
    // A log without any anchor is due at once.
    let anchoring: Anchoring | undefined;
    const anchor = await new Promise<AnchorEntry>((resolve, reject) => {
      const started = anchorLog({ client, id, log, everySeconds: 3600, onAnchor: resolve, onError: reject });
      started.then((made) => {
        anchoring = made;
      }, reject);
    });
    if (anchoring === undefined) throw new TypeError("It anchors before it has begun.");
    expect(anchor).to.deep.include({ kind: "anchor", size: 11, root, chainId: 31337, identity: id });
    // The line that says so is no reason for another.
    expect(await anchoring.anchor()).to.equal(undefined);
    await log.append(question(), decision());
    expect(await anchoring.anchor()).to.deep.include({ size: 13 });
    await client.pulseSync({ id });
    await anchoring.stop();

    const anchors = await readAnchors(client, { id });
    expect(anchors.map(({ root }) => root)).to.deep.equal([root, (await log.checkpoint(13)).root]);
    expect(anchors[0]?.source).to.equal(`transaction ${anchor?.transaction} of chain 31337`);
    const whole = await verifyLog(log.reader, anchors);
    expect(whole).to.deep.include({ size: 14, findings: [] });
    expect(whole.confirmed.map(({ size }) => size)).to.deep.equal([11, 13]);
    const cut = await verifyLog(cutAt(log.reader, 12), anchors);
    expect(cut.confirmed.map(({ size }) => size)).to.deep.equal([11]);
    expect(cut.findings.map(({ kind }) => kind)).to.deep.equal(["truncated"]);
    await log.close();
  });

  it("should put nothing there while the log is empty", async () => {
    const [client] = world.members;
    const log = await open();
    const anchoring = await anchorLog({ client, id: 1, log, everySeconds: 3600 });
    expect(await anchoring.anchor()).to.equal(undefined);
    await anchoring.stop();
    expect((await log.checkpoint()).size).to.equal(0);
    await log.close();
  });

  it("should do so on a schedule, say what failed, and go on", async () => {
    const [, client, stranger] = world.members;
    const { id } = await client.registerSync({});
    const log = await open();
    await log.append(question(), decision());
    const [failure, alien] = await new Promise<[unknown, { stop: () => Promise<void> }]>((resolve) => {
      const anchoring = anchorLog({
        client: stranger,
        id,
        log,
        everySeconds: 0.05,
        onError: async (error) => resolve([error, await anchoring]),
      });
    });
    await alien.stop();
    expect((failure as Error).name).to.equal("NotAuthorizedError");
    const made: AnchorEntry[] = [];
    await new Promise<void>((resolve, reject) => {
      const anchoring = anchorLog({
        client,
        id,
        log,
        everySeconds: 0.05,
        onError: reject,
        onAnchor: (anchor) => {
          made.push(anchor);
          if (made.length < 2) log.append(question(), decision()).catch(reject);
          else anchoring.then(({ stop }) => stop()).then(resolve, reject);
        },
      });
    });
    expect(made.map(({ size }) => size)).to.deep.equal([1, 3]);
    expect((await readAnchors(client, { id })).map(({ root }) => root)).to.deep.equal(made.map(({ root }) => root));
    await log.close();
  });
});
