// `npm run bench:economics`: what attacks cost, beside what they cost before the registries were revised.
//
// TENURE_COMMIT=82fa8bf writes before.json instead, as the figures of that commit.
import { measureBurying } from "./burying.ts";
import { measureExclusion } from "./exclusion.ts";
import type { Figure } from "./figures.ts";
import { measureFirstPoints } from "./firstPoints.ts";
import { measureIdentities } from "./identities.ts";
import { measureOthers } from "./others.ts";
import { economicsMarkdown, readBefore, writeBefore, writeEconomics } from "./report.ts";
import { measureSilencing } from "./silencing.ts";
import { measureStanding } from "./standing.ts";

const folder = new URL("../", import.meta.url);
const measures = [
  measureIdentities,
  measureStanding,
  measureExclusion,
  measureBurying,
  measureSilencing,
  measureFirstPoints,
  measureOthers,
];

const figures: Figure[] = [];
for (const measure of measures) figures.push(...(await measure()));

const commit = process.env.TENURE_COMMIT;
if (commit !== undefined) await writeBefore({ commit, figures }, folder);
const before = await readBefore(folder);
console.log(economicsMarkdown(before, figures));
if (commit === undefined) await writeEconomics(before, figures, folder);
