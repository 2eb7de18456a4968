// How cells are kept in tables: what a row is found by, and what is in it.
import type { Address } from "viem";
import type { Columns, Row, Value } from "../../database/index.ts";
import type { Cells, Kind } from "../apply/cells.ts";
import { bytesOf, bytesOfHex, hexOf, wordOf } from "../words/bytes.ts";
import { statusOf } from "../words/identityRecord.ts";

/** A table of one kind of cells. Each row begins with the number of its chain. */
export interface Layout<kind extends Kind> {
  readonly table: string;
  /** Columns of the key, without the chain. */
  readonly keys: Columns;
  readonly columns: Columns;
  readonly toKey: (key: Cells[kind]["key"]) => Value[];
  readonly toValues: (value: Cells[kind]["value"]) => Value[];
  readonly fromRow: (row: Row) => Cells[kind]["value"];
}

const word = (value: bigint) => (value === 0n ? null : bytesOf(value));
const wordIn = (value: Value | undefined) => wordOf(value as Uint8Array | null | undefined);
const addressIn = (value: Value | undefined) => hexOf(value as Uint8Array) as Address;

// Strangers' texts are kept as bytes: Postgres refuses a zero in a text.
const textBytes = (text: string): Uint8Array => Buffer.from(text, "utf8");
const textIn = (value: Value | undefined) => Buffer.from(value as Uint8Array).toString("utf8");

const identity: Layout<"identity"> = {
  table: "index_identity",
  keys: { id: "bigint" },
  columns: {
    record: "bytea",
    extension: "bytea",
    pending: "bytea",
    wallet: "bytea",
    approval: "bytea",
    support: "bytea",
    opposition: "bytea",
    commitments: "bytea",
    uri: "bytea",
    status: "bigint",
  },
  toKey: ([id]) => [id],
  toValues: (own) => [
    bytesOf(own.record),
    word(own.extension),
    word(own.pending),
    word(own.wallet),
    word(own.approval),
    word(own.support),
    word(own.opposition),
    word(own.commitments),
    textBytes(own.uri),
    // Beside the record that holds it, to find by.
    Number(statusOf(own.record)),
  ],
  fromRow: (row) => ({
    record: wordIn(row.record),
    extension: wordIn(row.extension),
    pending: wordIn(row.pending),
    wallet: wordIn(row.wallet),
    approval: wordIn(row.approval),
    support: wordIn(row.support),
    opposition: wordIn(row.opposition),
    commitments: wordIn(row.commitments),
    uri: textIn(row.uri),
  }),
};

const key: Layout<"key"> = {
  table: "index_key",
  keys: { address: "bytea" },
  columns: { word: "bytea" },
  toKey: ([address]) => [bytesOfHex(address)],
  toValues: (value) => [bytesOf(value)],
  fromRow: (row) => wordIn(row.word),
};

const edge: Layout<"edge"> = {
  table: "index_edge",
  keys: { voucher: "bigint", subject: "bigint" },
  columns: { word: "bytea", made: "bigint" },
  toKey: (pair) => [...pair],
  toValues: ({ word, made }) => [bytesOf(word), made],
  fromRow: (row) => ({ word: wordIn(row.word), made: row.made as number }),
};

const metadata: Layout<"metadata"> = {
  table: "index_metadata",
  keys: { id: "bigint", name_hash: "bytea" },
  columns: { name: "bytea", value: "bytea" },
  toKey: ([id, hash]) => [id, bytesOfHex(hash)],
  toValues: ({ name, value }) => [textBytes(name), bytesOfHex(value)],
  fromRow: (row) => ({ name: textIn(row.name), value: hexOf(row.value as Uint8Array) }),
};

const operator: Layout<"operator"> = {
  table: "index_operator",
  keys: { owner: "bytea", operator: "bytea" },
  columns: { approved: "bigint" },
  toKey: (pair) => pair.map(bytesOfHex),
  toValues: (isApproved) => [isApproved ? 1 : 0],
  fromRow: (row) => row.approved === 1,
};

const link: Layout<"link"> = {
  table: "index_link",
  keys: { registry: "bytea", agent: "bytea" },
  columns: { id: "bigint", token_owner: "bytea", key_epoch: "bigint", through_wallet: "bigint" },
  toKey: ([registry, agentId]) => [bytesOfHex(registry), bytesOf(agentId)],
  toValues: ({ id, tokenOwner, keyEpoch, throughWallet }) => [
    id,
    bytesOfHex(tokenOwner),
    keyEpoch,
    throughWallet ? 1 : 0,
  ],
  fromRow: (row) => ({
    id: row.id as number,
    tokenOwner: addressIn(row.token_owner),
    keyEpoch: row.key_epoch as number,
    throughWallet: row.through_wallet === 1,
  }),
};

const grant: Layout<"grant"> = {
  table: "index_grant",
  keys: { issuer: "bytea", handle: "bytea" },
  columns: {},
  toKey: (pair) => pair.map(bytesOfHex),
  toValues: () => [],
  fromRow: () => true,
};

const issuer: Layout<"issuer"> = {
  table: "index_issuer",
  keys: { issuer: "bytea" },
  columns: { epoch: "bytea" },
  toKey: ([address]) => [bytesOfHex(address)],
  toValues: (epoch) => [bytesOf(epoch)],
  fromRow: (row) => wordIn(row.epoch),
};

export const layouts: { readonly [kind in Kind]: Layout<kind> } = {
  identity,
  key,
  edge,
  metadata,
  operator,
  link,
  grant,
  issuer,
};

export const kinds = Object.keys(layouts) as readonly Kind[];
