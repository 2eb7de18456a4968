import type { Wallet } from "ethers";
import { fresh, registered, type Scene, type Signer } from "./identity.ts";
import { giveWallet, rotate } from "./identitySigning.ts";

/** Identity 1 with wallet, guardian, an approved address and an operator. */
export async function equipped(): Promise<Scene> {
  const scene = await registered();
  const { registry, owner, wallet, guardian, approved, operator } = scene;
  await giveWallet(registry, owner, 1n, wallet);
  await registry.connect(owner).setGuardian(1, guardian);
  await registry.connect(owner).approve(approved, 1);
  await registry.connect(owner).setApprovalForAll(operator, true);
  return scene;
}

/** As `equipped`, and suspended. */
export async function suspended(): Promise<Scene> {
  const scene = await equipped();
  await scene.registry.connect(scene.owner).suspend(1);
  return scene;
}

/** As `registered`, and identity 1 is retired. */
export async function retired(): Promise<Scene> {
  const scene = await registered();
  await scene.registry.connect(scene.owner).retire(1);
  return scene;
}

/** As `registered`, and the key of identity 1 changed 255 times; `last` owns it. */
export async function exhausted() {
  return rotated(await registered(), 255);
}

/** As `registered`, and the key of identity 1 changed 254 times; `last` owns it. */
export async function nearlyExhausted() {
  return rotated(await registered(), 254);
}

/** As `registered`, and the key of identity 1 changed 253 times; `last` owns it. */
export async function twoChangesLeft() {
  return rotated(await registered(), 253);
}

/** As `equipped`, and the key of identity 1 changed 128 times, one after the other; `last` owns it. */
export async function hurried() {
  return rotated(await equipped(), 128);
}

async function rotated(scene: Scene, times: number) {
  let last: Wallet | Signer = scene.owner;
  for (let i = 1; i <= times; ++i) {
    const next = await fresh(10_000 + i);
    await rotate(scene.registry, last, 1n, next);
    last = next;
  }
  return { ...scene, last };
}
