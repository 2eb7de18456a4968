import { getParameters, getProfile, getVouchers, type Profile, UnknownIdentityError, type Vouch } from "@tenure/sdk";
import type { Command } from "commander";
import { getBlock } from "viem/actions";
import type { ReadClient } from "../chain/connect.ts";
import { readPlace } from "../chain/file.ts";
import { withGrounds } from "../chain/grounds.ts";
import { Context } from "../context.ts";
import { NoIdentityError } from "../errors/cliError.ts";
import { parseTarget, type Target } from "../parse/values.ts";
import { passport, type Shown } from "../view/passport.ts";
import { waiting } from "../view/progress.ts";

/** How many vouches a passport shows. */
const NEWEST = 3;

export function addShow(program: Command): void {
  program
    .command("show")
    .description("who it is, since when, and who stands behind it")
    .argument("[targets...]", "numbers or addresses; the key's own where left out", parseTargets)
    .action(async (given: Target[], _: object, command: Command) => {
      const context = new Context(command);
      const targets = given.length > 0 ? given : [{ address: await context.address() }];
      const client = await context.read();
      const clock = await waiting("Reading", getParameters(client));
      const shown = await waiting("Reading", Promise.all(targets.map((target) => readShown(client, target))));
      const text = shown.map((one) => passport(one, clock)).join("\n\n");
      // One is an object, as it ever was.
      context.print(shown.length === 1 ? shown[0] : shown, text);
    });
}

function parseTargets(text: string, previous: Target[] = []): Target[] {
  return [...previous, parseTarget(text)];
}

/** All that a passport shows. */
async function readShown(client: ReadClient, target: Target): Promise<Shown> {
  const [profile, { timestamp }] = await Promise.all([readProfile(client, target), getBlock(client)]);
  const [place, newest] = await Promise.all([
    readPlace(client, profile),
    newestVouches(client, profile).then((vouches) => withGrounds(client, vouches)),
  ]);
  return { ...profile, ...place, now: Number(timestamp), newest };
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
