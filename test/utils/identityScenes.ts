import { registered, type Scene } from "./identity.ts";
import { giveWallet } from "./identitySigning.ts";

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
