import { expect } from "chai";
import { rejection } from "../../../test/utils/rejection.ts";
import { openWorld, type World } from "../../../test/utils/world.ts";
import { registryArtifacts } from "../../deployments/artifacts.ts";
import {
  type DeploymentParameters,
  deployRegistries,
  planDeployment,
  shortParameters,
  toTenureError,
} from "../../index.ts";

describe("deployRegistries", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    const [one, two] = world.members;
    await one.registerSync({});
    await two.registerSync({});
    await world.earn(one, two);
    await world.mark();
  });
  afterEach(() => world.reset());
  after(() => world.close());

  /** What viem alone reports, in words. */
  const inWords = async (request: Promise<unknown>) => toTenureError(await rejection(request));

  describe("given parameters that no registry takes", () => {
    const YEAR = 365 * 86_400;
    const LAST = 2 ** 18 - 1;
    const period = 5_000;
    /** An origin so many periods ago, as a chain's clock goes that has just been read. */
    const ago = async (periods: number) => (await world.now()) - periods * period - 100;
    const of = { identityRegistry: 1, vouchRegistry: 2 } as const;

    const wrong: Record<string, [keyof typeof of, () => Promise<Partial<DeploymentParameters>>]> = {
      "no silence that counts": ["identityRegistry", async () => ({ maxSilence: 0 })],
      "no delay": ["identityRegistry", async () => ({ recoveryDelay: 0 })],
      "a delay of more than a year": ["identityRegistry", async () => ({ recoveryDelay: YEAR + 1 })],
      "no unit": ["vouchRegistry", async () => ({ unit: 0 })],
      "no period": ["vouchRegistry", async () => ({ period: 0 })],
      "no cap": ["vouchRegistry", async () => ({ cap: 0 })],
      "a cap beyond the rings": ["vouchRegistry", async () => ({ cap: 2 ** 20 - 1 })],
      "an origin that leaves no period": ["vouchRegistry", async () => ({ period, origin: await ago(LAST - 6) })],
    };
    for (const [title, [contract, make]] of Object.entries(wrong)) {
      it(`should be refused by deployRegistries, before anything is sent, as by the constructor: ${title}`, async () => {
        const [deployer] = world.members;
        const nonce = await deployer.getTransactionCount({ address: deployer.account.address });
        const parameters = { ...shortParameters, ...(await make()) };
        const { initCode } = planDeployment(parameters, registryArtifacts)[of[contract]];
        const expected = await inWords(deployer.call({ data: initCode }));
        const error = await rejection(deployRegistries(deployer, { parameters }));
        expect(error.name).to.match(/^(InvalidParameters|HorizonPassed)Error$/);
        expect(error).to.deep.include({
          name: (expected as Error).name,
          args: (expected as { args?: unknown }).args,
        });
        expect(await deployer.getTransactionCount({ address: deployer.account.address })).to.equal(nonce);
      });
    }

    it("should be taken up to the limits", async () => {
      const [deployer] = world.members;
      const least = { maxSilence: 1, recoveryDelay: YEAR, unit: 1, cap: 2 ** 20 - 2 };
      const parameters = { ...least, period, origin: await ago(LAST - 7) };
      const { addresses } = await deployRegistries(deployer, { parameters });
      expect(await deployer.getParameters({ addresses })).to.deep.equal(parameters);
    });
  });
});
