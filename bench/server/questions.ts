/** The token of the benchmark's enforcement point. */
export const TOKEN = "token-of-the-benchmark-alone";

/** Documents that are asked about again and again; with `isNew`, each is another one. */
const DOCUMENTS = 1_000;

const users = Array.from({ length: 100 }, (_, index) => ({
  name: `user${index}`,
  role: index % 2 === 0 ? "viewer" : "editor",
}));

/** A question in words that both servers are given. */
export interface Question {
  readonly user: { readonly name: string; readonly role: string };
  readonly action: "read" | "write";
  readonly document: { readonly id: string; readonly owner: string };
  readonly expected: boolean;
}

export function questionAt(index: number, isNew: boolean): Question {
  const user = users[index % users.length] as (typeof users)[0];
  const action = index % 3 === 0 ? "write" : "read";
  const place = isNew ? index : index % DOCUMENTS;
  const owner = `user${place % 7 === 0 ? index % users.length : (index + 1) % users.length}`;
  const expected = action === "read" || (user.role === "editor" && owner === user.name);
  return { user, action, document: { id: `d${place}`, owner }, expected };
}

/** As AuthZEN asks it. */
export const asAuthzen = ({ user, action, document }: Question) => ({
  subject: { type: "user", id: user.name, properties: user },
  action: { name: action },
  resource: { type: "document", id: document.id, properties: { owner: document.owner } },
});

/** As Cerbos asks it. */
export const asCerbos = ({ user, action, document }: Question) => ({
  principal: { id: user.name, roles: [user.role], attr: {} },
  resources: [{ actions: [action], resource: { kind: "document", id: document.id, attr: { owner: document.owner } } }],
});
