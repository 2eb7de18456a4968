import type { Migration } from "../../database/index.ts";

/** The tables of the index. README.md of this room says what is in them. */
const first: readonly string[] = [
  `create table index_chain (
    chain bigint primary key, chain_id bigint not null, identity_registry text not null, vouch_registry text not null,
    addresses text not null, parameters text not null, genesis text, number bigint, hash text, timestamp bigint,
    is_whole bigint not null, seen_at bigint not null, head bigint, problem text, rebuild text, next_seq bigint not null,
    unique (chain_id, identity_registry, vouch_registry))`,
  `create table index_identity (
    chain bigint not null, id bigint not null, record bytea not null, extension bytea, pending bytea, wallet bytea,
    approval bytea, support bytea, opposition bytea, commitments bytea, uri bytea not null, status bigint not null,
    primary key (chain, id))`,
  "create index index_identity_status on index_identity (chain, status, id)",
  "create table index_key (chain bigint not null, address bytea not null, word bytea not null, primary key (chain, address))",
  `create table index_edge (
    chain bigint not null, voucher bigint not null, subject bigint not null, word bytea not null, made bigint not null,
    primary key (chain, voucher, subject))`,
  "create index index_edge_subject on index_edge (chain, subject, made)",
  "create index index_edge_voucher on index_edge (chain, voucher, made)",
  `create table index_metadata (
    chain bigint not null, id bigint not null, name_hash bytea not null, name bytea not null, value bytea not null,
    primary key (chain, id, name_hash))`,
  `create table index_operator (
    chain bigint not null, owner bytea not null, operator bytea not null, approved bigint not null,
    primary key (chain, owner, operator))`,
  `create table index_link (
    chain bigint not null, registry bytea not null, agent bytea not null, id bigint not null, token_owner bytea not null,
    key_epoch bigint not null, through_wallet bigint not null, primary key (chain, registry, agent))`,
  "create index index_link_id on index_link (chain, id)",
  "create table index_grant (chain bigint not null, issuer bytea not null, handle bytea not null, primary key (chain, issuer, handle))",
  "create table index_issuer (chain bigint not null, issuer bytea not null, epoch bytea not null, primary key (chain, issuer))",
  `create table index_block (
    chain bigint not null, number bigint not null, hash bytea not null, timestamp bigint not null, primary key (chain, number))`,
  `create table index_journal (
    chain bigint not null, cell text not null, number bigint not null, before text, primary key (chain, cell, number))`,
  "create index index_journal_number on index_journal (chain, number)",
  `create table index_event (
    chain bigint not null, seq bigint not null, number bigint not null, log_index bigint not null, block_hash bytea not null,
    timestamp bigint not null, transaction_hash bytea not null, registry bytea not null, name text not null,
    content text not null, id bigint, other bigint, removed bigint, primary key (chain, seq))`,
  "create index index_event_number on index_event (chain, number, log_index)",
  "create index index_event_id on index_event (chain, id, number)",
  "create index index_event_other on index_event (chain, other, number)",
  "create table index_removal (chain bigint not null, seq bigint not null, event bigint not null, primary key (chain, seq))",
  "create index index_removal_event on index_removal (chain, event)",
];

/** See `Database.migrate`. */
export const indexMigrations: readonly Migration[] = [
  {
    room: "index",
    version: 1,
    up: async (transaction) => {
      for (const text of first) await transaction.run(text);
    },
  },
];
