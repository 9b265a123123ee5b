import { Code, ConnectError } from "@connectrpc/connect";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { StatementService } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { beforeAll, expect, it } from "vitest";
import { makeKey, secondOwner } from "../../product/organization-keys.ts";
import { rpcClient } from "../../product/rpc-client.ts";
import type { Product } from "../../product/start-product.ts";
import type { XapiPlace } from "../../product/xapi-client.ts";
import { activityId, agent, DEEDS, newStatement, SCOPES } from "./scope-table.ts";

async function outcome(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
    return "done";
  } catch (error) {
    const { code } = ConnectError.from(error);
    if (code === Code.PermissionDenied) return "forbidden";
    // What was asked for need not be there.
    return [Code.NotFound, Code.InvalidArgument].includes(code) ? "done" : Code[code];
  }
}

/** Who may do what, and that organizations see nothing of each other. */
export function scopeTests(place: () => XapiPlace): void {
  let product: Product;
  let call: XapiPlace["call"];
  /** `Authorization` of the two organizations' owners. */
  let owners: readonly string[];
  beforeAll(async () => {
    ({ product, call } = place());
    owners = [product.authorization, await secondOwner(product)];
  });

  const ALL = [...SCOPES];
  const keysOf = (scopes: readonly Permission[]): Promise<string[]> =>
    Promise.all(owners.map((owner) => makeKey(product, owner, scopes)));

  it.each(
    SCOPES.map((scope) => [scopeOf(scope), scope] as const),
  )("lets a key with no more than %s do what that allows, in either organization, over HTTP and gRPC", async (_name, scope) => {
    const expected = DEEDS.flatMap(({ name, scopes, http }) => {
      const answer = scopes.includes(scope) ? "done" : "forbidden";
      return [...(http ? [`HTTP ${name}: ${answer}`] : []), `gRPC ${name}: ${answer}`];
    });
    for (const key of await keysOf([scope])) {
      const seen: string[] = [];
      for (const { name, http, rpc } of DEEDS) {
        if (http) {
          const { status } = await call(http[0], http[1], { ...http[2], authorization: key });
          seen.push(`HTTP ${name}: ${status === 403 ? "forbidden" : status < 500 && status !== 401 ? "done" : status}`);
        }
        seen.push(`gRPC ${name}: ${await outcome(rpc(product, key))}`);
      }
      expect(seen).toEqual(expected);
    }
  });

  it("shows a key with statement:readmine what it stored itself, and one with statement:read everything", async () => {
    const mine = [Permission.STATEMENT_WRITE, Permission.STATEMENT_READMINE];
    const [first = "", second = ""] = [
      await makeKey(product, owners[0] ?? "", mine),
      await makeKey(product, owners[0] ?? "", mine),
    ];
    const reader = await makeKey(product, owners[0] ?? "", [Permission.STATEMENT_READ]);
    const [one, two] = [newStatement(), newStatement()];
    for (const [key, body] of [
      [first, one],
      [second, two],
    ] as const)
      expect((await call("POST", "statements", { authorization: key, body })).status).toBe(200);
    const seenBy = async (authorization: string): Promise<string[]> => {
      const { statements } = (await call("GET", "statements", { authorization })).json();
      return statements.map(({ id }: { id: string }) => id).filter((id: string) => [one.id, two.id].includes(id));
    };
    expect([await seenBy(first), await seenBy(second), await seenBy(reader)]).toEqual([
      [one.id],
      [two.id],
      [two.id, one.id],
    ]);
    const query = { statementId: two.id };
    expect((await call("GET", "statements", { authorization: first, query })).status).toBe(404);
    expect((await call("GET", "statements", { authorization: reader, query })).status).toBe(200);
    const { statements } = await rpcClient(product, StatementService, first).queryStatements({});
    expect(statements.map(({ id }) => id)).toEqual([one.id]);
  });

  it("shows an organization nothing of the other: statements, counts, documents, definitions, names, pages", async () => {
    const [ours = "", theirs = ""] = await keysOf(ALL);
    const statement = { ...newStatement(), actor: { ...agent, name: "Secret Name" } };
    const object = { id: activityId, definition: { name: { en: "Secret title" } } };
    const body = [{ ...statement, object }, newStatement(), newStatement()];
    expect((await call("POST", "statements", { authorization: ours, body })).status).toBe(200);
    const agentJson = JSON.stringify(agent);
    const documents = [
      ["activities/state", { activityId, agent: agentJson, stateId: "secret" }],
      ["activities/profile", { activityId, profileId: "secret" }],
      ["agents/profile", { agent: agentJson, profileId: "secret" }],
    ] as const;
    for (const [path, query] of documents)
      expect((await call("POST", path, { authorization: ours, query, body: { a: "secret" } })).status).toBe(204);
    const { more } = (await call("GET", "statements", { authorization: ours, query: { limit: "1" } })).json();

    const as = { authorization: theirs };
    expect((await call("GET", "statements", { ...as, query: { statementId: statement.id } })).status).toBe(404);
    expect((await call("GET", more, as)).status).toBe(400);
    const answers = [
      await call("GET", "statements", { ...as, query: { agent: agentJson } }),
      await call("GET", "activities", { ...as, query: { activityId } }),
      await call("GET", "agents", { ...as, query: { agent: agentJson } }),
    ];
    for (const [path, query] of documents) {
      expect((await call("GET", path, { ...as, query })).status, path).toBe(404);
      expect((await call("DELETE", path, { ...as, query })).status, path).toBe(204);
      const { stateId: _s, profileId: _p, ...scope } = query as Record<string, string>;
      answers.push(await call("GET", path, { ...as, query: scope }));
      expect((await call("GET", path, { authorization: ours, query })).status, path).toBe(200);
    }
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/secret/i);
      expect(text).not.toContain(statement.id);
    }
    const counts = async (key: string) => {
      const { summaries } = await rpcClient(product, StatementService, key).summarizeStatements({ groupBy: 3 });
      return summaries.reduce((sum, { statementCount }) => sum + Number(statementCount), 0);
    };
    const before = await counts(theirs);
    expect((await call("POST", "statements", { authorization: ours, body: newStatement() })).status).toBe(200);
    expect(await counts(theirs)).toBe(before);
  });

  it("lets both organizations use the same statement id", async () => {
    const keys = await keysOf(ALL);
    const statement = newStatement();
    for (const [index, authorization] of keys.entries()) {
      const body = { ...statement, verb: { id: `https://example.com/verbs/of-${index}` } };
      expect((await call("POST", "statements", { authorization, body })).json()).toEqual([statement.id]);
    }
    for (const [index, authorization] of keys.entries()) {
      const { verb } = (
        await call("GET", "statements", { authorization, query: { statementId: statement.id } })
      ).json();
      expect(verb.id).toBe(`https://example.com/verbs/of-${index}`);
    }
  });

  it("stamps the key as authority, whatever the statement says", async () => {
    const [key = "", other = ""] = await keysOf(ALL);
    const statement = { ...newStatement(), authority: { mbox: "mailto:somebody@example.com" } };
    for (const authorization of [key, other]) {
      await call("POST", "statements", { authorization, body: statement });
      const { authority } = (
        await call("GET", "statements", { authorization, query: { statementId: statement.id } })
      ).json();
      const [id] = Buffer.from(authorization.slice("Basic ".length), "base64").toString().split(":");
      expect(authority.account.name).toBe(id);
    }
  });
}
