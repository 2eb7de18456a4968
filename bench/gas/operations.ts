import { type Signer, toBeHex, Wallet } from "ethers";
import { network } from "hardhat";
import { measureDelegations } from "./delegations.ts";
import type { Measurement, Sent } from "./measurement.ts";
import { intrinsic, type Log, type Parts, stateFloor } from "./prices.ts";

const DAY = 86_400;
const ZERO = `0x${"00".repeat(32)}`;
const CHECKPOINT = `0x${"ab".repeat(32)}`;
/** Stands for the four bytes that name a function. */
const CALL = "0xffffffff";
const URI = `ipfs://${"b".repeat(59)}`;

const ERC8004 = "ERC-8004 reference";

const EDGE_LOG: Log = { topics: 3, bytes: 32 };
/** With an empty topic and empty evidence: a word each, a word for where the evidence begins. */
const VOUCH_LOG: Log = { topics: 3, bytes: 128 };
const REGISTER_LOGS: readonly Log[] = [
  { topics: 4, bytes: 0 },
  { topics: 1, bytes: 32 },
  { topics: 3, bytes: 64 },
  { topics: 3, bytes: 192 },
];

const VOUCH_TYPES = {
  Vouch: [
    { name: "voucherId", type: "uint256" },
    { name: "subjectId", type: "uint256" },
    { name: "stake", type: "uint256" },
    { name: "periods", type: "uint256" },
    { name: "arbiterId", type: "uint256" },
    { name: "topic", type: "bytes32" },
    { name: "evidence", type: "string" },
    { name: "keyEpoch", type: "uint8" },
    { name: "subjectOwner", type: "address" },
    { name: "arbiterOwner", type: "address" },
    { name: "since", type: "uint40" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};
const PULSE_TYPES = {
  Pulse: [
    { name: "agentId", type: "uint256" },
    { name: "owner", type: "address" },
    { name: "checkpoint", type: "bytes32" },
    { name: "lastSeen", type: "uint40" },
    { name: "deadline", type: "uint256" },
  ],
};
/** What each signed vouch here binds: no arbiter, and a pair that has no edge yet. */
const FIRST_EDGE = { arbiterOwner: `0x${"00".repeat(20)}`, since: 0 };
/** Of each signature, always the same one: gas depends on how many of a signature's bytes are zero. */
const DEADLINE = 4_102_444_800;
/** How many signed vouches the great batch has. */
const BATCH = 50;

/** When the chain begins, and when identity 3 checks in before it does so by signature: the signatures bind that. */
const START = Date.parse("2030-01-01T00:00:00Z") / 1000;
const SEEN = START + 21 * DAY;

const { ethers, networkHelpers, provider } = await network.create({
  override: { initialDate: new Date(START * 1000) },
});

async function deploy() {
  const renderer = await ethers.deployContract("RegistrationRenderer");
  const identities = await ethers.deployContract("IdentityRegistry", [30 * DAY, 7 * DAY, renderer]);
  const origin = (await networkHelpers.time.latest()) - DAY;
  const vouches = await ethers.deployContract("VouchRegistry", [
    await identities.getAddress(),
    origin,
    DAY,
    60 * DAY,
    1_000,
  ]);
  return { identities, vouches };
}

interface Trace {
  structLogs: { op: string; gasCost: number }[];
}

/** A word written for at least this much was zero before, whether it was read first or not. */
const FRESH_SSTORE = 20_000;

async function measure(
  operation: string,
  sent: Sent,
  parts?: Parts,
  rest: Partial<Measurement> = {},
): Promise<Measurement> {
  const transaction = await sent;
  const receipt = await transaction.wait();
  if (receipt === null) throw new Error(`${operation}: no receipt`);
  const trace = (await provider.request({
    method: "debug_traceTransaction",
    params: [transaction.hash, { disableStack: true, disableMemory: true, disableStorage: true }],
  })) as Trace;
  return {
    operation,
    gas: Number(receipt.gasUsed),
    freshWords: trace.structLogs.filter(({ op, gasCost }) => op === "SSTORE" && gasCost >= FRESH_SSTORE).length,
    ...(parts && { floor: intrinsic(transaction.data) + stateFloor(parts) }),
    ...rest,
  };
}

/** The facts of a call, each as wide as the registries can store it: the function, two identities, and the terms. */
const packedPair = (voucher: number, subject: number) =>
  ethers.solidityPacked(["uint40", "uint40"], [voucher, subject]);
const packedVouch = (voucher: number, subject: number) =>
  ethers.concat([packedPair(voucher, subject), ethers.solidityPacked(["uint24", "uint8"], [1, 6])]);
const factsOf = (packed: string[], parts: Parts) => intrinsic(ethers.concat([CALL, ...packed])) + stateFloor(parts);

const bytesOf = (data: string) => (data.length - 2) / 2;

/** Deploys the registries on a fresh chain and measures each operation once; gas is exact, so once is enough. */
export async function measureGas(): Promise<Measurement[]> {
  const signers = await ethers.getSigners();
  const { identities, vouches } = await deploy();
  const as = (id: number) => {
    const signer = signers[id - 1];
    if (signer === undefined) throw new Error(`no signer for identity ${id}`);
    return { identities: identities.connect(signer), vouches: vouches.connect(signer), signer };
  };
  const vouch = (by: number, subject: number) => as(by).vouches.vouch(by, subject, 1, 6, 0, ZERO, "");
  const rows: Measurement[] = [];

  rows.push(await measure("register(), the very first", as(1).identities["register()"]()));
  rows.push(
    await measure(
      "register()",
      as(2).identities["register()"](),
      { fresh: 2, rewritten: 1, logs: REGISTER_LOGS },
      { goal: 1.05, peer: `102,076 (${ERC8004})` },
    ),
  );
  rows.push(
    await measure("register(66-byte URI)", as(3).identities["register(string)"](URI), undefined, {
      peer: `195,821 (${ERC8004})`,
    }),
  );
  for (let id = 4; id <= 16; id++) await as(id).identities["register()"]();

  await networkHelpers.time.increase(20 * DAY);
  const pulse = (id: number) => as(id).identities.pulse(id, CHECKPOINT);
  const pulseParts: Parts = { rewritten: 1, logs: [{ topics: 2, bytes: 32 }] };
  rows.push(await measure("pulse", pulse(1), pulseParts, { goal: 1.06 }));
  for (const id of [2, 3, 5, 6]) await pulse(id);
  await as(5).identities.setArbitration(5, true);

  rows.push(
    await measure("vouch, the first of both", vouch(1, 2), undefined, { peer: "368,992 (Ethos), 81,001 (Passport)" }),
  );
  // From here on each voucher and each subject was seen before.
  for (let subject = 3; subject <= 16; subject++) await vouch(2, subject);
  const vouchParts: Parts = { fresh: 1, rewritten: 2, reads: 2, calls: 1, logs: [VOUCH_LOG] };
  const vouchFacts = (subject: number) => ({
    facts: factsOf([packedVouch(1, subject)], { fresh: 1, rewritten: 2, reads: 2, logs: [EDGE_LOG] }),
    factsGoal: 1.14,
  });
  rows.push(
    await measure("vouch", vouch(1, 3), vouchParts, {
      goal: 1.06,
      ...vouchFacts(3),
      peer: "249,534 (EAS), 265,065 (Sign)",
      note: 3,
    }),
  );
  rows.push(
    await measure(
      "vouch with arbiter, topic and evidence",
      as(1).vouches.vouch(1, 4, 1, 6, 5, CHECKPOINT, URI),
      undefined,
      { peer: "249,534 (EAS)" },
    ),
  );
  rows.push(await measureVouches(as(1).vouches));
  await vouch(3, 4);
  rows.push(...(await measureSigned()));
  rows.push(await measure("warn, the first against a subject", as(3).vouches.warn(3, 5, 1, 6, 0, ZERO, "")));
  rows.push(await measure("warn over one's own vouch (anew)", as(2).vouches.warn(2, 5, 1, 6, 0, ZERO, "")));
  rows.push(await measure("renew", as(1).vouches.renew(1, 3, 1, 6), undefined, { peer: "143,525 (Union)" }));
  rows.push(
    await measure(
      "revoke",
      as(1).vouches.revoke(1, 3),
      { rewritten: 3, reads: 1, calls: 1, logs: [EDGE_LOG] },
      {
        goal: 1.06,
        facts: factsOf([packedPair(1, 3)], { rewritten: 3, reads: 1, logs: [EDGE_LOG] }),
        factsGoal: 1.14,
        peer: "59,890 (EAS), 78,260 (Union), 124,310 (Ethos)",
        note: 3,
      },
    ),
  );
  rows.push(await measureRevocations(as(1).vouches));
  rows.push(await measure("burn", as(5).vouches.burn(1, 4, 1, "")));
  rows.push(...(await measureReading(await vouches.getAddress())));
  await networkHelpers.time.increase(90 * DAY);
  rows.push(await measure("pulse after a long silence", pulse(1), pulseParts, { goal: 1.06 }));
  rows.push(await measure("vouch by who was silent once", vouch(1, 6), vouchParts, { goal: 1.06, ...vouchFacts(6) }));
  rows.push(...(await measureDelegations(ethers, measure)));
  return rows;

  /** Of a batch, its share of each. */
  function each(whole: Measurement, count: number, rest: Partial<Measurement>): Measurement {
    return {
      ...whole,
      gas: Math.round(whole.gas / count),
      freshWords: whole.freshWords / count,
      ...(whole.floor !== undefined && { floor: Math.round(whole.floor / count) }),
      ...(whole.facts !== undefined && { facts: Math.round(whole.facts / count) }),
      ...rest,
    };
  }

  async function measureVouches(voucher: typeof vouches): Promise<Measurement> {
    const subjects = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    const calls = subjects.map((subject) =>
      vouches.interface.encodeFunctionData("vouch", [1, subject, 1, 6, 0, ZERO, ""]),
    );
    const count = subjects.length;
    const words: Parts = { fresh: count, rewritten: count + 1, reads: count + 1 };
    const facts = factsOf(
      subjects.map((subject) => packedVouch(1, subject)),
      { ...words, logs: subjects.map(() => EDGE_LOG) },
    );
    const whole = await measure(
      "vouch, one of ten in a multicall",
      voucher.multicall(calls),
      {
        ...words,
        calls: 1,
        // Each item: the call to itself, the call to the identities and the voucher's record; each but the first: the
        // voucher's ring, read and written.
        warm: 3 * count + 2 * (count - 1),
        logs: subjects.map(() => VOUCH_LOG),
      },
      { facts },
    );
    return each(whole, count, { goal: 1.15, factsGoal: 1.22, peer: "214,347 (EAS)", note: 1 });
  }

  /** What `measureVouches` made, taken back. */
  async function measureRevocations(voucher: typeof vouches): Promise<Measurement> {
    const subjects = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    const calls = subjects.map((subject) => vouches.interface.encodeFunctionData("revoke", [1, subject]));
    const whole = await measure("revoke, one of ten in a multicall", voucher.multicall(calls));
    return each(whole, subjects.length, { peer: "33,752 (EAS)" });
  }

  async function measureSigned(): Promise<Measurement[]> {
    const deadline = DEADLINE;
    const domain = {
      name: "TenureVouchRegistry",
      version: "1",
      chainId: (await ethers.provider.getNetwork()).chainId,
      verifyingContract: await vouches.getAddress(),
    };
    const signed = async (signer: Signer, voucherId: number, subjectId: number, nonce: bigint) => {
      const offer = { voucherId, subjectId, stake: 1, periods: 6, arbiterId: 0, topic: ZERO, evidence: "" };
      const subjectOwner = await identities.ownerOf(subjectId);
      const message = { ...offer, keyEpoch: 0, subjectOwner, ...FIRST_EDGE, nonce, deadline };
      const signature = await signer.signTypedData(domain, VOUCH_TYPES, message);
      return vouches.interface.encodeFunctionData("vouchFor", [offer, nonce, deadline, signature]);
    };
    const relayer = as(16).signer;
    const to = await vouches.getAddress();
    const peer = "265,754 (EAS)";
    const signedRows: Measurement[] = [];
    for (const [index, operation] of ["vouchFor, the first in a nonce word", "vouchFor, the next"].entries()) {
      const data = await signed(as(3).signer, 3, 7 + index, BigInt(index));
      const row = await measure(operation, relayer.sendTransaction({ to, data }));
      signedRows.push({ ...row, calldata: bytesOf(data), peer });
    }
    signedRows.push(...(await measureSignedPulses()));
    const calls: string[] = [];
    const crowd = Array.from({ length: BATCH }, (_, i) => new Wallet(toBeHex(0x7e0000 + i, 32), ethers.provider));
    for (const key of crowd) {
      await networkHelpers.setBalance(key.address, 10n ** 18n);
      await identities.connect(key)["register()"]();
    }
    await networkHelpers.time.increase(2 * DAY);
    const first = Number(await identities.totalRegistered()) - BATCH + 1;
    for (const [index, key] of crowd.entries()) {
      await identities.connect(key).pulse(first + index, ZERO);
      await vouches.connect(key).vouch(first + index, 2, 1, 6, 0, ZERO, "");
      // The word of its nonces is there: each of the fifty is a next one.
      await vouches.connect(key).invalidateNonces(0, 1);
      const offer = {
        voucherId: first + index,
        subjectId: 3,
        stake: 1,
        periods: 6,
        arbiterId: 0,
        topic: ZERO,
        evidence: "",
      };
      const subjectOwner = as(3).signer.address;
      const message = { ...offer, keyEpoch: 0, subjectOwner, ...FIRST_EDGE, nonce: 1n, deadline };
      const signature = await key.signTypedData(domain, VOUCH_TYPES, message);
      calls.push(vouches.interface.encodeFunctionData("vouchFor", [offer, 1n, deadline, signature]));
    }
    const data = vouches.interface.encodeFunctionData("multicall", [calls]);
    const whole = await measure("vouchFor, one of fifty in a multicall", relayer.sendTransaction({ to, data }));
    signedRows.push(each({ ...whole, calldata: Math.round(bytesOf(data) / BATCH) }, BATCH, { peer }));
    return signedRows;
  }

  async function measureSignedPulses(): Promise<Measurement[]> {
    const domain = {
      name: "ERC8004IdentityRegistry",
      version: "1",
      chainId: (await ethers.provider.getNetwork()).chainId,
      verifyingContract: await identities.getAddress(),
    };
    const owner = as(3).signer;
    const pulses: Measurement[] = [];
    await networkHelpers.time.setNextBlockTimestamp(SEEN);
    await as(3).identities.pulse(3, CHECKPOINT);
    for (const operation of ["pulseFor, the first by an owner that was not proven", "pulseFor, the next"]) {
      const lastSeen = SEEN + pulses.length;
      const message = { agentId: 3, owner: owner.address, checkpoint: CHECKPOINT, lastSeen, deadline: DEADLINE };
      const signature = await owner.signTypedData(domain, PULSE_TYPES, message);
      await networkHelpers.time.setNextBlockTimestamp(lastSeen + 1);
      const sent = as(16).identities.pulseFor(3, CHECKPOINT, DEADLINE, signature);
      const row = await measure(operation, sent);
      pulses.push({ ...row, calldata: bytesOf((await sent).data) });
    }
    return pulses;
  }

  async function measureReading(registry: string): Promise<Measurement[]> {
    const probe = await ethers.deployContract("GasProbe");
    const coldCall = stateFloor({ calls: 1 });
    const [whole, count] = await probe.getFunction("vouchersOf")(registry, 3);
    return [
      {
        operation: "supportOf, asked by a contract, beyond the call",
        gas: Number(await probe.getFunction("supportOf")(registry, 4)) - coldCall,
        freshWords: 0,
        floor: stateFloor({ reads: 2, calls: 1 }),
        goal: 6_000 / 4_700,
        note: 2,
      },
      {
        operation: `who vouches, all facts, one of ${count}, asked by a contract`,
        gas: Math.round(Number(whole) / Number(count)),
        freshWords: 0,
        peer: "29,400 (EAS)",
      },
    ];
  }
}
