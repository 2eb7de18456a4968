import { expect } from "chai";
import fc from "fast-check";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { routeTable } from "./routes.ts";
import type { GuardOptions } from "./types.ts";

const find = (routes: GuardOptions["routes"], path: string, method = "GET") => {
  const found = routeTable(routes)(method, path);
  return "key" in found ? found.key : found.problem;
};

describe("the table of a guard", () => {
  const table: GuardOptions["routes"] = {
    "/items": {},
    "/items/*": {},
    "/items/special/*": {},
    "/items/special/one": {},
    "/caf%C3%A9": {},
    default: {},
  };
  for (const [path, key] of [
    ["/items", "/items"],
    ["/items/7", "/items/*"],
    ["/items/special/x/y", "/items/special/*"],
    ["/items/special/one", "/items/special/one"],
    ["/itemsandmore", "default"],
    ["/", "default"],
    ["/caf%C3%A9", "/caf%C3%A9"],
    ["/x%2Fy", "default"],
  ] as const) {
    it(`should find ${key} for ${path}`, () => {
      expect(find(table, path)).to.equal(key);
    });
  }

  for (const path of [
    ...["/Items", "/items/", "//items", "/items;x", "/%69tems", "/caf%c3%a9", "/CAF%C3%89", "/items/special/one/"],
    ...["/items%2F7", "/a/..%2fitems", "/%2e%2e/items", "/%zz", "/%ff", "/items%5C7"],
    // Where there is a router that has what is below a path for the path itself too.
    ...["/items/special", "/ITEMS/SPECIAL/", "/items/special/"],
  ]) {
    it(`should not choose for ${path}`, () => {
      expect(find(table, path)).to.equal("ambiguous_request");
    });
  }

  it("should choose by the method, to the letter, and fall back on nothing less exact", () => {
    const entry = [{ methods: ["POST"], maxValidity: 61 }, { maxValidity: 62 }, { methods: ["GET"], maxValidity: 63 }];
    const lookup = routeTable({ "/a": entry, "/b": { methods: ["GET", "PUT"] }, default: {} });
    expect(lookup("POST", "/a")).to.deep.equal({ key: "/a", route: entry[0] });
    expect(lookup("GET", "/a")).to.deep.equal({ key: "/a", route: entry[2] });
    expect(lookup("post", "/a")).to.deep.equal({ key: "/a", route: entry[1] });
    expect(lookup("HEAD", "/b")).to.deep.equal({ problem: "method_not_allowed", methods: ["GET", "PUT"] });
  });

  it("should not take a HEAD for one of the rest where a GET is named", () => {
    const [reading, rest] = [{ methods: ["GET"], maxValidity: 61 }, {}];
    const lookup = routeTable({ "/a": [reading, rest], "/b": [{ methods: ["GET", "HEAD"] }, rest], "/c": rest });
    expect(lookup("HEAD", "/a")).to.deep.equal({ problem: "method_not_allowed", methods: ["GET"] });
    expect(lookup("POST", "/a")).to.deep.equal({ key: "/a", route: rest });
    expect(lookup("HEAD", "/b")).to.deep.equal({ key: "/b", route: { methods: ["GET", "HEAD"] } });
    expect(lookup("HEAD", "/c")).to.deep.equal({ key: "/c", route: rest });
  });

  it("should refuse what is not in it, where it says nothing of the rest", () => {
    expect(find({ "/a": {} }, "/b")).to.equal("unknown_route");
    expect(find({ "/a": {} }, "/A")).to.equal("ambiguous_request");
    expect(find({ "/*": {} }, "/")).to.equal("/*");
    expect(find({ "/*": {} }, "/b/c")).to.equal("/*");
    expect(find({ "/": {}, "/*": {} }, "/")).to.equal("/");
    expect(find({ "/b/*": {}, "/b": {} }, "/b")).to.equal("/b");
  });

  for (const key of [
    "items",
    "/a/../b",
    "/a b",
    "/a?b",
    "/a#b",
    "/a/*/b",
    "/a*",
    "//",
    "/%zz",
    "https://a/b",
    "",
    "*",
  ]) {
    it(`should have no key ${JSON.stringify(key)}`, () => {
      expect(() => routeTable({ [key]: {} }), key).to.throw(InvalidOptionError);
    });
  }

  it("should have no method that no request can have", () => {
    for (const method of ["get", "Post", "delete"]) {
      expect(() => routeTable({ "/a": [{ methods: [method] }, {}] }), method).to.throw(InvalidOptionError, method);
    }
    expect(find({ "/a": { methods: ["patch"] } }, "/a")).to.equal("method_not_allowed");
  });

  it("should have no two keys that a router may take for one, and not be empty", () => {
    for (const other of ["/A", "/a/", "/%61", "/a;b"]) {
      expect(() => routeTable({ "/a": {}, [other]: {} }), other).to.throw(InvalidOptionError);
    }
    expect(() => routeTable({ "/a/*": {}, "/A/*": {} })).to.throw(InvalidOptionError);
    expect(() => routeTable({})).to.throw(InvalidOptionError);
  });

  it("should never give a path that some router reads as a key anything but that key", () => {
    const keys = Object.keys(table).filter((key) => key !== "default" && !key.endsWith("*"));
    const disguise = fc.constantFrom<(path: string) => string>(
      (path) => path.toUpperCase(),
      (path) => `${path}/`,
      (path) => `/${path}`,
      (path) => path.replace("i", "%69"),
      (path) => path.replace("e", "%65"),
      (path) => `${path};v=1`,
    );
    const disguises = fc.tuple(fc.constantFrom(...keys), fc.array(disguise, { maxLength: 4 }));
    const property = fc.property(disguises, ([key, changes]) => {
      const path = changes.reduce((text, change) => change(text), key);
      return [key, "ambiguous_request"].includes(find(table, path));
    });
    fc.assert(property, { numRuns: 500 });
  });
});
