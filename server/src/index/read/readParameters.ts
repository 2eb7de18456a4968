import type { DeploymentParameters } from "@tenure/sdk";
import type { Queries } from "../../database/index.ts";
import { type ChainName, readChainRow } from "../store/chainRow.ts";

/** What the registries were made with, as the index was told last; undefined where no node told it yet. */
export async function readParameters(queries: Queries, name: ChainName): Promise<DeploymentParameters | undefined> {
  return (await readChainRow(queries, name))?.parameters;
}
