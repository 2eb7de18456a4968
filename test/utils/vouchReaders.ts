import type { GatedBoard, RegistryLens } from "../../types/ethers-contracts/index.js";
import { deployMock, type GateHarness } from "./vouchMocks.ts";
import { ethers, grownWorld, loadFixture, type World } from "./vouchWorld.ts";

/** The contracts that read the registries, over the same agents. */
export interface ReadersWorld extends World {
  lens: RegistryLens;
  gate: GateHarness;
  /** Its one anchor is cleo. */
  board: GatedBoard;
}

export async function readersWorld(): Promise<ReadersWorld> {
  const world = await loadFixture(grownWorld);
  const lens = await ethers.deployContract("RegistryLens", [world.vouches]);
  const gate = await deployMock("VouchGateHarness", world.vouches);
  const board = await ethers.deployContract("GatedBoard", [world.vouches, [world.cleo.id]]);
  return { ...world, lens, gate, board };
}
