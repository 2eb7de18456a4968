import type { OptionalAnswers } from "./askedSources.ts";
import { type FactGroupDeclaration, factDeclaration } from "./declaration.ts";
import type { SeenBlock } from "./heads.ts";
import type { FactGroup, FactOrigin } from "./types.ts";

/** Where each group of facts comes from, and how old it is. */
export function originsOf(
  more: OptionalAnswers,
  block: SeenBlock | undefined,
  now: number,
): Readonly<Record<FactGroup, FactOrigin>> {
  const groups = Object.entries<FactGroupDeclaration>(factDeclaration).map(([group, { source }]) => {
    const told = group in more ? more[group as keyof OptionalAnswers] : undefined;
    if (told !== undefined) return [group, origin(told.name, told.at ?? now, now)];
    if (group === "proof" || group === "grant") return [group, origin(source, now, now)];
    const at = block === undefined ? now : block.timestamp + block.clockOffset;
    return [group, origin(block === undefined ? "no chain that is known here" : source, at, now)];
  });
  return Object.fromEntries(groups);
}

function origin(source: string, at: number, now: number): FactOrigin {
  return { source, at, age: Math.max(0, now - at) };
}
