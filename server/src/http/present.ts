// What the ports answer, as the routes say it.
import type { TenureEvent, Vouch, WatchedEvent } from "@tenure/sdk";
import type { z } from "zod";
import type { Directory, Freshness, ListedProfile } from "../types/directory.ts";
import { nameOf } from "./directories.ts";
import type { eventSchema, identitySchema, momentSchema, vouchSchema } from "./schemas/index.ts";

type Moment = z.output<typeof momentSchema>;
type Identity = z.output<typeof identitySchema>;

/** The block that an answer is of. */
export function presentMoment({ block, age, lag, isFresh }: Freshness, { chainId, registry }: Directory): Moment {
  const { number, hash, timestamp } = block;
  return {
    chainId,
    registry,
    number: Number(number),
    hash,
    timestamp,
    age: Math.max(0, age),
    lag: Math.max(0, lag),
    isFresh,
  };
}

/** An identity; `undefined` for one that was never registered. */
export function presentIdentity(profile: ListedProfile, directory: Directory): Identity | undefined {
  const { key: _, role: __, status, ...rest } = profile;
  if (status === "unknown") return undefined;
  const { chainId, registry } = directory;
  return { chainId, registry, name: nameOf(directory, profile.id), status, ...rest };
}

export function presentVouch(vouch: Vouch): z.output<typeof vouchSchema> {
  return { ...vouch };
}

/** An event. Integers of more than 53 bits are text, so that each is written in one way whatever it is. */
export function presentEvent(event: TenureEvent | WatchedEvent): z.output<typeof eventSchema> {
  const members = Object.entries(event).map(([name, value]) => [
    name,
    name === "blockNumber" ? Number(value) : asText(value),
  ]);
  return Object.fromEntries(members);
}

function asText(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asText(member)]));
}
