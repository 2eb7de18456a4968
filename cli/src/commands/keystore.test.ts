import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { decryptKeystoreJson, encryptKeystoreJson } from "ethers";
import { privateKeyToAddress } from "viem/accounts";
import { testKeys } from "../../../sdk/test/utils/localChain.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { type Environment, refused, tenure, tenureJson } from "../../test/utils/tenure.ts";
import { UsageError } from "../errors/cliError.ts";
import { parseKeystore } from "../keys/keystoreFile.ts";

const key = testKeys[1];
const address = privateKeyToAddress(key);

/** The example of the format's definition (Web3 Secret Storage), with other parameters. */
function withPbkdf2(parameters: object) {
  const kdfparams = {
    c: 262_144,
    dklen: 32,
    prf: "hmac-sha256",
    salt: "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
    ...parameters,
  };
  const crypto = {
    cipher: "aes-128-ctr",
    cipherparams: { iv: "6087dab2f9fdbbfaddc31a909735c1e6" },
    ciphertext: "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
    kdf: "pbkdf2",
    kdfparams,
    mac: "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
  };
  return { version: 3, crypto };
}

function withScrypt(kdfparams: object) {
  const keystore = withPbkdf2({});
  return { ...keystore, crypto: { ...keystore.crypto, kdf: "scrypt", kdfparams } };
}

describe("tenure keystore", () => {
  let world: World;
  let home: string;
  let env: Environment;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());
  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "tenure-"));
    env = { TENURE_HOME: home, TENURE_RPC: world.url, TENURE_KEYSTORE_PASSWORD: "correct horse" };
  });
  afterEach(() => rm(home, { recursive: true }));

  /** As if it had been imported, where that is not what is tested: what the command makes takes a second to make and to open. */
  async function place(name: string): Promise<void> {
    const json = await encryptKeystoreJson({ address, privateKey: key }, "correct horse", { scrypt: { N: 1_024 } });
    await mkdir(path.join(home, "keystore"), { recursive: true });
    await writeFile(path.join(home, "keystore", `${name}.json`), json);
  }

  const importKey = (name: string) => tenureJson(["keystore", "import", name], { ...env, TENURE_PRIVATE_KEY: key });

  describe("create", () => {
    describe("given a new name", () => {
      it("should write an encrypted key that only its owner can read, and that other wallets open", async () => {
        const made = await tenureJson<{ name: string; address: string; file: string }>(
          ["keystore", "create", "agent"],
          env,
        );
        expect(made.file).to.equal(path.join(home, "keystore", "agent.json"));
        expect((await stat(made.file)).mode & 0o777).to.equal(0o600);
        expect((await stat(path.dirname(made.file))).mode & 0o777).to.equal(0o700);
        const opened = await decryptKeystoreJson(await readFile(made.file, "utf8"), "correct horse");
        expect(opened.address).to.equal(made.address);
        const list = await tenureJson<{ keystores: object[] }>(["keystore", "list"], env);
        expect(list.keystores).to.deep.equal([{ name: "agent", address: made.address }]);
      });
    });
    describe("given a name that is taken, or is none", () => {
      it("should refuse it with status 2", async () => {
        await place("agent");
        const before = await readFile(path.join(home, "keystore", "agent.json"), "utf8");
        expect(await refused(2, ["keystore", "create", "agent"], env)).to.equal('There is a keystore "agent" already.');
        expect(await readFile(path.join(home, "keystore", "agent.json"), "utf8")).to.equal(before);
        await refused(2, ["keystore", "create", "../agent"], env);
        expect(await readdir(home)).to.deep.equal(["keystore"]);
      });
    });
    describe("given no password and no terminal", () => {
      it("should say how to give one, with status 2", async () => {
        const message = await refused(2, ["keystore", "create", "agent"], {
          ...env,
          TENURE_KEYSTORE_PASSWORD: undefined,
        });
        expect(message).to.include("Set TENURE_KEYSTORE_PASSWORD, or TENURE_KEYSTORE_PASSWORD_FILE.");
        expect(await readdir(home)).to.deep.equal([]);
      });
    });
  });

  describe("create, given an empty password", () => {
    const rule =
      "An empty password protects nothing. Any text that is not blank will do, however short; say --empty-password if you want none.";
    it("should refuse it, say the rule, and write nothing", async () => {
      const file = path.join(home, "password");
      for (const text of ["", "\n", " \t \n"]) {
        await writeFile(file, text);
        const given = { ...env, TENURE_KEYSTORE_PASSWORD: undefined, TENURE_KEYSTORE_PASSWORD_FILE: file };
        expect(await refused(2, ["keystore", "create", "agent"], given), JSON.stringify(text)).to.equal(rule);
        const importing = { ...given, TENURE_PRIVATE_KEY: key };
        expect(await refused(2, ["keystore", "import", "agent"], importing)).to.equal(rule);
      }
      expect(await refused(2, ["keystore", "create", "agent"], { ...env, TENURE_KEYSTORE_PASSWORD: " " })).to.equal(
        rule,
      );
      expect(await readdir(home)).to.deep.equal(["password"]);
    });
    it("should take one of one letter", async () => {
      await tenureJson(["keystore", "create", "agent"], { ...env, TENURE_KEYSTORE_PASSWORD: "x" });
    });
    it("should take none with --empty-password, and open what was made so", async () => {
      const none = { ...env, TENURE_KEYSTORE_PASSWORD: undefined };
      const args = ["keystore", "import", "agent", "--empty-password"];
      expect(await tenureJson(args, { ...none, TENURE_PRIVATE_KEY: key })).to.include({ address });
      const opening = { ...none, TENURE_KEYSTORE_PASSWORD_FILE: "/dev/null" };
      expect(await refused(1, ["pulse", "9"], opening)).to.include("Identity 9 does not exist");
    });
    it("should not take it together with a password", async () => {
      expect(await refused(2, ["keystore", "create", "agent", "--empty-password"], env)).to.equal(
        "There is a password, and --empty-password. Leave one out: TENURE_KEYSTORE_PASSWORD.",
      );
    });
  });

  describe("import", () => {
    describe("given TENURE_PRIVATE_KEY", () => {
      it("should encrypt it, so that it signs without being named", async () => {
        expect(await importKey("agent")).to.include({ name: "agent", address });
        expect(await tenureJson(["register"], env)).to.include({ owner: address });
        // Reading one's own passport needs no password.
        const { status } = await tenure(["show"], { ...env, TENURE_KEYSTORE_PASSWORD: undefined });
        expect(status).to.equal(0);
      });
    });
    describe("given a keystore of another wallet", () => {
      it("should take it over, and use it in place as well", async () => {
        const file = path.join(home, "ethers.json");
        const json = await encryptKeystoreJson({ address, privateKey: key }, "theirs", { scrypt: { N: 1_024 } });
        await writeFile(file, json);
        const args = ["keystore", "import", "mine", "--from", file];
        expect(await tenureJson(args, { ...env, TENURE_IMPORT_PASSWORD: "theirs" })).to.include({ address });
        const passwordFile = path.join(home, "password");
        await writeFile(passwordFile, "theirs\n");
        const other = { ...env, TENURE_KEYSTORE_PASSWORD: undefined, TENURE_KEYSTORE_PASSWORD_FILE: passwordFile };
        const refusal = await refused(1, ["pulse", "9", "--key", file], other);
        expect(refusal).to.include("Identity 9 does not exist");
      });
    });
    describe("given a keystore with PBKDF2", () => {
      it("should take it over", async () => {
        const file = path.join(home, "pbkdf2.json");
        await writeFile(file, JSON.stringify(withPbkdf2({})));
        const imported = await tenureJson<{ address: string }>(["keystore", "import", "mine", "--from", file], {
          ...env,
          TENURE_IMPORT_PASSWORD: "testpassword",
        });
        expect(imported.address.toLowerCase()).to.equal("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b");
      });
    });
    describe("given a keystore that would take all memory, or hours, to open", () => {
      const file = () => path.join(home, "evil.json");
      const importing = () =>
        refused(2, ["keystore", "import", "mine", "--from", file()], { ...env, TENURE_IMPORT_PASSWORD: "x" });
      it("should refuse it at once with status 2", async () => {
        await writeFile(file(), JSON.stringify(withPbkdf2({ c: 1e9 })));
        expect(await importing()).to.equal(`Keystore "${file()}" was made with parameters that cannot be used.`);
        // It is refused as it is read: keys are derived later, and never within a call that does not wait.
        expect(() => parseKeystore(JSON.stringify(withPbkdf2({ c: 1e9 })), "evil")).to.throw(
          'Keystore "evil" was made with parameters that cannot be used.',
        );
        expect(await readdir(home)).to.deep.equal(["evil.json"]);
      });
      const scrypt = { n: 4_096, r: 8, p: 6, dklen: 32, salt: "00" };
      const wrong: Record<string, object> = {
        "more than 10 million rounds": withPbkdf2({ c: 10_000_001 }),
        "no rounds": withPbkdf2({ c: 0 }),
        "half a round": withPbkdf2({ c: 1.5 }),
        "rounds in text": withPbkdf2({ c: "1000" }),
        "a long key of PBKDF2": withPbkdf2({ dklen: 1e9 }),
        "another function": withPbkdf2({ prf: "hmac-sha1" }),
        "a long salt": withPbkdf2({ salt: "00".repeat(1_000) }),
        "a gigabyte": withScrypt({ ...scrypt, n: 2 ** 20 }),
        "a gigabyte by r": withScrypt({ ...scrypt, r: 2 ** 14 }),
        "hours by p": withScrypt({ ...scrypt, p: 2 ** 20 }),
        "n that is no power of two": withScrypt({ ...scrypt, n: 4_095 }),
        "r below 1": withScrypt({ ...scrypt, r: -8 }),
        "no p": withScrypt({ ...scrypt, p: null }),
        "a long key of scrypt": withScrypt({ ...scrypt, dklen: 2 ** 31 - 1 }),
        "a short key": withScrypt({ ...scrypt, dklen: 16 }),
      };
      for (const [name, keystore] of Object.entries(wrong)) {
        it(`should refuse ${name}`, () => {
          expect(() => parseKeystore(JSON.stringify(keystore), "evil")).to.throw(
            UsageError,
            /^Keystore "evil" was made with parameters that cannot be used\.$/,
          );
        });
      }
      it("should take what other wallets make", () => {
        for (const [n, r, p] of [
          [262_144, 8, 1],
          [262_144, 1, 8],
          [4_096, 8, 6],
          [131_072, 8, 1],
          [2 ** 19, 8, 1],
        ] as const) {
          const keystore = withScrypt({ ...scrypt, n, r, p });
          expect(parseKeystore(JSON.stringify(keystore), "fine").crypto.kdfparams).to.include({ n, r, p });
        }
        expect(() => parseKeystore(JSON.stringify(withPbkdf2({ c: 10_000_000 })), "fine")).to.not.throw();
      });
      it("should refuse an address or a salt that is no text", () => {
        const address = { toString: "x" };
        for (const keystore of [
          { ...withPbkdf2({}), address },
          { ...withPbkdf2({}), address: "0x\u001b[2J" },
          withPbkdf2({ salt: 12 }),
        ]) {
          expect(() => parseKeystore(JSON.stringify(keystore), "evil")).to.throw(
            UsageError,
            /^"evil" is not an encrypted keystore \(V3 JSON\)\.$/,
          );
        }
      });
    });
    describe("given what is no key", () => {
      it("should refuse it with status 2, and not repeat it", async () => {
        const secret = `${key.slice(0, -1)}z`;
        const message = await refused(2, ["keystore", "import", "agent"], { ...env, TENURE_PRIVATE_KEY: secret });
        expect(message).to.equal(
          "TENURE_PRIVATE_KEY is not a private key. That is 64 hexadecimal digits, with or without 0x.",
        );
      });
    });
  });

  describe("given a wrong password", () => {
    it("should be one sentence, with status 2", async () => {
      await place("agent");
      const message = await refused(2, ["pulse", "--key", "agent"], { ...env, TENURE_KEYSTORE_PASSWORD: "wrong" });
      expect(message).to.equal('The password does not open keystore "agent".');
      const { status, stdout, stderr } = await tenure(["pulse", "--json"], {
        ...env,
        TENURE_KEYSTORE_PASSWORD: "wrong",
      });
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: "" });
      expect(JSON.parse(stderr)).to.deep.equal({ error: { name: "WrongPasswordError", message, hint: null } });
    });
  });

  describe("given a private key as argument", () => {
    it("should be refused with status 2, and not repeated", async () => {
      const message = await refused(2, ["pulse", "--key", key], env);
      expect(message)
        .to.match(/^A private key is never an argument/)
        .and.not.include(key.slice(2, 20));
    });
    it("should not be repeated where a command, a file or a number was expected", async () => {
      for (const args of [
        [key],
        [key.slice(2)],
        ["pulse", key],
        ["submit", key],
        ["pulse", "1", "--sign", `${key}/x`],
      ]) {
        const given = { ...env, TENURE_RPC: "http://127.0.0.1:1", TENURE_PRIVATE_KEY: key };
        const { stderr } = await tenure(args, given);
        expect(stderr, args.join(" "))
          .to.match(/^tenure: /)
          .and.not.include(key.slice(2, 20));
      }
    });
  });

  describe("given no key, several, a broken file, a missing one", () => {
    it("should say so with status 2", async () => {
      expect(await refused(2, ["pulse"], env)).to.match(/^There is no key to sign with\./);
      expect(await refused(2, ["pulse", "--key", "nobody"], env)).to.match(/^There is no keystore "nobody"\./);
      await place("one");
      await writeFile(path.join(home, "keystore", "two.json"), "{}");
      expect(await refused(2, ["pulse"], env)).to.equal(
        "It is not clear which key is meant. Choose one with --key: one, two.",
      );
      expect(await refused(2, ["pulse"], { ...env, TENURE_KEYSTORE: "two" })).to.equal(
        '"two" is not an encrypted keystore (V3 JSON).',
      );
      const { keystores } = await tenureJson<{ keystores: object[] }>(["keystore", "list"], env);
      expect(keystores).to.deep.equal([
        { name: "one", address },
        { name: "two", address: null },
      ]);
    });
  });
});
