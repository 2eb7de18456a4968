// Nonces of signatures: which are free, which are used up, and using them up.
import { getFreeNonces, getIdentity } from "@tenure/sdk";
import { type Command, Option } from "commander";
import type { Address } from "viem";
import type { ReadClient } from "../chain/connect.ts";
import { areNoncesUsed } from "../chain/nonces.ts";
import { Context } from "../context.ts";
import { NoIdentityError } from "../errors/cliError.ts";
import { parseCount, parseNonces, parseTarget, type Target } from "../parse/values.ts";
import { waiting } from "../view/progress.ts";
import { readProfile } from "./show.ts";
import { registries, voidNonces } from "./void.ts";

type RegistryName = keyof typeof registries;

export function addNonces(program: Command): void {
  const nonces = program.command("nonces").description("of signatures: which are free, which are used up");
  addShow(nonces);
  addCheck(nonces);
  addVoid(nonces);
}

function addShow(nonces: Command): void {
  withRegistry(nonces, "show", "the lowest that are free: signatures take them in this order")
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .option("--count <n>", "how many, 1 to 256", parseCount, 1)
    .action(async (given: Target | undefined, options: { count: number; registry: RegistryName }, command: Command) => {
      const context = new Context(command);
      const target = given ?? { address: await context.address() };
      const client = await context.read();
      const owner = await ownerOf(client, target);
      const { count } = options;
      const registry = registries[options.registry];
      const free = await waiting("Reading", getFreeNonces(client, { registry, owner, count }));
      context.print({ owner, registry, free }, `Free for signatures of ${owner}: ${free.join(", ")}`);
    });
}

function addCheck(nonces: Command): void {
  withRegistry(nonces, "check", "whether these are used up: submitted, or made void")
    .argument("<list>", "nonces, as 3,4", parseNonces)
    .argument("[target]", "number or address; the key's own where left out", parseTarget)
    .action(
      async (list: bigint[], given: Target | undefined, options: { registry: RegistryName }, command: Command) => {
        const context = new Context(command);
        const target = given ?? { address: await context.address() };
        const client = await context.read();
        const owner = await ownerOf(client, target);
        const registry = registries[options.registry];
        const used = await waiting("Reading", areNoncesUsed(client, { registry, owner, nonces: list }));
        const are = list.map((nonce, index) => ({ nonce, isUsed: used[index] === true }));
        const lines = are.map(({ nonce, isUsed }) => `${nonce} ${isUsed ? "is used up" : "is free"}`);
        context.print({ owner, registry, nonces: are }, `Of ${owner}: ${lines.join(", ")}.`);
      },
    );
}

function addVoid(nonces: Command): void {
  withRegistry(nonces, "void", "use these up, so that no signature with one of them counts")
    .argument("<list>", "nonces, as 3,4", parseNonces)
    .action(async (list: bigint[], options: { registry: RegistryName }, command: Command) => {
      const context = new Context(command);
      await voidNonces(context, await context.write(), registries[options.registry], list);
    });
}

function withRegistry(nonces: Command, name: string, description: string): Command {
  return nonces
    .command(name)
    .description(description)
    .addOption(
      new Option("--registry <name>", "vouch: vouches, warnings, revocations; identity: registrations")
        .choices(Object.keys(registries))
        .default("vouch"),
    );
}

/** Signatures are those of a key: the one named, else the owner of the identity named. */
async function ownerOf(client: ReadClient, target: Target): Promise<Address> {
  if (target.address !== undefined) return target.address;
  const { id } = await waiting("Reading", readProfile(client, target));
  const { owner } = await getIdentity(client, { id });
  if (owner === undefined) throw new NoIdentityError(`Identity ${id} is retired: nobody signs for it.`);
  return owner;
}
