import { getParameters, getProfile, getVouchers, type Profile, UnknownIdentityError, type Vouch } from "@tenure/sdk";
import type { Command } from "commander";
import { getBlock } from "viem/actions";
import type { ReadClient } from "../chain/connect.ts";
import { Context } from "../context.ts";
import { NoIdentityError } from "../errors/cliError.ts";
import { parseTarget, type Target } from "../parse/values.ts";
import { passport } from "../view/passport.ts";
import { waiting } from "../view/progress.ts";

/** How many vouches a passport shows. */
const NEWEST = 3;

export function addShow(program: Command): void {
  program
    .command("show")
    .description("who it is, since when, and who stands behind it")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .action(async (given: Target | undefined, _: object, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const [profile, clock, { timestamp }] = await waiting(
        "Reading",
        Promise.all([readProfile(client, target), getParameters(client), getBlock(client)]),
      );
      const newest = await waiting("Reading", newestVouches(client, profile));
      const now = Number(timestamp);
      context.print({ ...profile, now, newest }, passport(profile, newest, clock, now));
    });
}

/** A profile; nobody is an error. */
export async function readProfile(client: ReadClient, target: Target): Promise<Profile> {
  const profile = await getProfile(client, target);
  if (profile.status !== "unknown") return profile;
  if (target.address === undefined) throw new UnknownIdentityError({ id: target.id });
  throw new NoIdentityError(`${target.address} has no identity here.`);
}

async function newestVouches(client: ReadClient, { id }: Profile): Promise<Vouch[]> {
  const vouches: Vouch[] = [];
  for await (const vouch of getVouchers(client, { id, limit: NEWEST })) vouches.push(vouch);
  return vouches;
}
