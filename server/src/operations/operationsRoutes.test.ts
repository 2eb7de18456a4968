import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { expect } from "chai";
import parsePrometheus from "parse-prometheus-text-format";
import { createMetrics } from "./metrics.ts";
import { operationsRoutes } from "./operationsRoutes.ts";
import { processMetrics } from "./processMetrics.ts";
import type { ReadinessCheck } from "./readiness.ts";
import { readiness } from "./readiness.ts";

describe("operationsRoutes", () => {
  const metrics = createMetrics();
  const checks: Record<string, ReadinessCheck> = {};
  const stopping = new AbortController();
  let server: Server;
  let url: string;
  let end: () => void;
  before(async () => {
    end = processMetrics(metrics);
    const { fetch } = operationsRoutes({ checks, metrics, stopping: stopping.signal });
    await new Promise<void>((resolve) => {
      server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, () => resolve()) as Server;
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    end();
    await new Promise((resolve) => server.close(resolve));
  });

  it("should be healthy while it answers, and ready while every part is", async () => {
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.json()]).to.deep.equal([200, { status: "ok" }]);
    expect(health.headers.get("cache-control")).to.equal("no-store");
    checks.index = () => undefined;
    expect((await fetch(`${url}/readyz`)).status).to.equal(200);
    checks.index = async () => "Chain 1 is 90 seconds behind, and 30 are allowed.";
    checks.database = () => {
      throw new Error("The database does not answer.");
    };
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).to.equal(503);
    expect(answer.headers.get("retry-after")).to.equal("5");
    expect(await answer.json()).to.deep.equal({
      ready: false,
      reasons: [
        { part: "index", reason: "Chain 1 is 90 seconds behind, and 30 are allowed." },
        { part: "database", reason: "The database does not answer." },
      ],
    });
  });

  it("should not wait for a part that does not answer", async () => {
    const { reasons } = await readiness({ node: () => new Promise(() => {}) }, 10);
    expect(reasons).to.deep.equal([{ part: "node", reason: "It does not answer within 10 ms." }]);
  });

  it("should tell Prometheus what was counted", async () => {
    const decisions = metrics.counter("tenure_decisions_total", "Decisions, by outcome.");
    decisions.add({ outcome: "allowed" });
    decisions.add({ outcome: "allowed" }, 2);
    decisions.add({ outcome: 'a "b"\\\n' });
    const seconds = metrics.histogram("tenure_decision_seconds", "How long decisions take.", [0.01, 0.1]);
    for (const value of [0.005, 0.05, 0.5]) seconds.observe(value);
    metrics.gauge("tenure_index_lag_seconds", "How far the index is behind.", () => [[{ chain: "1" }, 5]]);
    metrics.gauge("tenure_broken", "Cannot be had.", () => {
      throw new Error("no");
    });
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get("content-type")).to.equal("text/plain; version=0.0.4; charset=utf-8");
    const text = await answer.text();
    expect(text).to.contain(
      [
        "# HELP tenure_decisions_total Decisions, by outcome.",
        "# TYPE tenure_decisions_total counter",
        'tenure_decisions_total{outcome="allowed"} 3',
        'tenure_decisions_total{outcome="a \\"b\\"\\\\\\n"} 1',
        "# HELP tenure_decision_seconds How long decisions take.",
        "# TYPE tenure_decision_seconds histogram",
        'tenure_decision_seconds_bucket{le="0.01"} 1',
        'tenure_decision_seconds_bucket{le="0.1"} 2',
        'tenure_decision_seconds_bucket{le="+Inf"} 3',
        "tenure_decision_seconds_sum 0.555",
        "tenure_decision_seconds_count 3",
        "# HELP tenure_index_lag_seconds How far the index is behind.",
        "# TYPE tenure_index_lag_seconds gauge",
        'tenure_index_lag_seconds{chain="1"} 5',
        "# HELP tenure_broken Cannot be had.",
        "# TYPE tenure_broken gauge\n",
      ].join("\n"),
    );
    expect(text).to.match(/\nprocess_resident_memory_bytes \d+\n/);
    expect(() => metrics.counter("tenure_broken", "again")).to.throw("there already");
  });

  it("should write numbers as Prometheus reads them", () => {
    const own = createMetrics();
    const values = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -0.5, 1e21, 1e-7];
    own.gauge("of_all_kinds", 'Numbers \\ of "all"\nkinds.', () =>
      values.map((value, place) => [{ place: String(place), text: 'a "b", c=\\{}\n' }, value] as const),
    );
    const [family] = parsePrometheus(own.text());
    expect(family?.metrics.map(({ value }) => value)).to.deep.equal(["+Inf", "-Inf", "NaN", "-0.5", "1e+21", "1e-7"]);
    expect(family?.metrics[0]?.labels).to.deep.equal({ place: "0", text: 'a "b", c=\\{}\n' });
  });

  it("should keep the number of series within its limit", () => {
    const own = createMetrics();
    const counter = own.counter("asked_total", "Who asked.");
    for (let who = 0; who < 3000; who++) counter.add({ who: String(who) });
    const lines = own.text().split("\n");
    expect(lines).to.have.length(2 + 1000 + 1 + 1);
    expect(lines.at(-2)).to.equal('asked_total{other="true"} 2000');
  });

  it("should not be ready once it stops", async () => {
    stopping.abort();
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).to.deep.equal([
      503,
      { ready: false, reasons: [{ part: "server", reason: "It stops." }] },
    ]);
  });
});
