// The suites of openid/authzen as cases, from files.
import certification from "../fixtures/certification.json" with { type: "json" };
import gateway from "../fixtures/gateway.json" with { type: "json" };
import idp from "../fixtures/idp.json" with { type: "json" };
import searchAction from "../fixtures/search-action.json" with { type: "json" };
import searchResource from "../fixtures/search-resource.json" with { type: "json" };
import searchSubject from "../fixtures/search-subject.json" with { type: "json" };
import todo from "../fixtures/todo.json" with { type: "json" };
import type { Case } from "./runCases.ts";

/** Cases that the scenario says in words: those of which the answer is that of another one. */
const SAME_AS: Readonly<Record<string, string>> = {
  "c-4-2-2": "c-4-2-1",
  "c-4-2-3": "c-4-2-1",
  "c-4-3-2": "c-4-3-1",
  "c-4-3-3": "c-4-3-1",
  "c-4-4-2": "c-4-4-1",
};

const all = certification.cases as readonly (Omit<Case, "expected"> & { id: string; expected?: unknown })[];

/** The certification scenario, but pages, which come one after the other. */
export const certificationCases: readonly Case[] = all
  .filter(({ id }) => !id.startsWith("c-4-5"))
  .map(({ id, expected, ...rest }) => ({
    ...rest,
    title: `${id} ${rest.title}`,
    expected: expected ?? all.find((other) => other.id === SAME_AS[id])?.expected,
  }));

const single = (title: string, { request, expected }: { request: unknown; expected: unknown }): Case => ({
  ...{ title, endpoint: "evaluation", request, status: 200, expected: { decision: expected } },
});

const found =
  (kind: string) =>
  ({ request, expected }: { request: unknown; expected: unknown }): Case => ({
    ...{ title: kind, endpoint: `search/${kind}`, request, status: 200, expected },
  });

/** The interoperability suites, by the tenant that they are for. */
export const interopCases: Readonly<Record<string, readonly Case[]>> = {
  todo: [
    ...todo.evaluation.map((one) => single("todo", one)),
    ...todo.evaluations.map(({ request, expected }) => ({
      ...{ title: "todo, several", endpoint: "evaluations", request, status: 200, expected: { evaluations: expected } },
    })),
  ],
  gateway: gateway.evaluation.map((one) => single("gateway", one)),
  idp: idp.search.map(found("resource")),
  search: [
    ...searchSubject.evaluation.map(found("subject")),
    ...searchResource.evaluation.map(found("resource")),
    ...searchAction.evaluation.map(found("action")),
  ],
};
