import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { describeFailure } from "./describe-failure.ts";
import { readEgressAllow } from "./egress-allow.ts";
import { egressClient } from "./egress-client.ts";
import { EgressRefused, type Resolve } from "./egress-guard.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server on loopback, which the guard lets through only by its host's entry in the allow-list. Answers its port. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const loopback: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
const clientFor = (allow: string, resolve = loopback) => egressClient({ allow: readEgressAllow(allow) }, resolve);
const get = { timeoutMs: 5_000 };

describe("a request", () => {
  it("connects to the checked address under the asked name", async () => {
    const port = await serve((request, response) => response.end(`host ${request.headers.host}`));
    const answer = await clientFor(`lrs.test:${port}`).fetch(new URL(`http://lrs.test:${port}/`), get, 1_000);
    expect(answer).toMatchObject({ status: 200, truncated: false, body: Buffer.from(`host lrs.test:${port}`) });
  });

  it("goes where the check went, though DNS answers differently the second time", async () => {
    let hits = 0;
    const inside = await serve((_, response) => {
      hits += 1;
      response.end("secret");
    });
    let asked = 0;
    const rebinding: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.9" : "127.0.0.1", family: 4 }];
    };
    // Nothing listens at the first answer; that it is the one connected to shows in the failure.
    const client = clientFor("127.0.0.9", rebinding);
    const request = client.fetch(new URL(`http://rebind.test:${inside}/`), get, 1_000);
    await expect(request).rejects.toThrow(/ECONNREFUSED/);
    expect({ asked, hits }).toEqual({ asked: 1, hits: 0 });
    await expect(client.fetch(new URL(`http://rebind.test:${inside}/`), get, 1_000)).rejects.toThrow(EgressRefused);
    expect(hits).toBe(0);
  });

  it("sends bodies and follows no redirect with them", async () => {
    const port = await serve(async (request, response) => {
      const body = (await request.toArray()).join("");
      response.writeHead(307, { location: "http://169.254.169.254/" }).end(`${request.method} ${body}`);
    });
    const client = clientFor(`lrs.test:${port}`);
    const url = new URL(`http://lrs.test:${port}/`);
    const answer = await client.fetch(url, { ...get, method: "POST", body: "café" }, 1_000);
    expect([answer.status, answer.body.toString()]).toEqual([307, "POST café"]);
  });

  it("reads no more than asked for", async () => {
    const port = await serve((_, response) => {
      response.write(Buffer.alloc(100_000));
    });
    const client = clientFor(`lrs.test:${port}`);
    const answer = await client.fetch(new URL(`http://lrs.test:${port}/`), get, 1_000);
    expect([answer.truncated, answer.body.length]).toEqual([true, 1_000]);
  });

  it("ends when its time is over: before, during and after the answer's head, and while DNS is silent", async () => {
    const silent = await serve(() => undefined);
    const endless = await serve((_, response) => void response.write("begin"));
    const never: Resolve = () => new Promise(() => undefined);
    const late = { timeoutMs: 150 };
    const reason = (port: number, resolve = loopback) =>
      clientFor(`lrs.test:${port}`, resolve)
        .fetch(new URL(`http://lrs.test:${port}/`), late, 1_000)
        .then(() => "answered", describeFailure);
    expect(await Promise.all([reason(silent), reason(endless), reason(silent, never)])).toEqual(
      Array(3).fill("it took too long"),
    );
  });

  it("ends with its caller's signal", async () => {
    const port = await serve(() => undefined);
    const stop = new AbortController();
    const client = clientFor(`lrs.test:${port}`);
    const request = client.fetch(new URL(`http://lrs.test:${port}/`), { ...get, signal: stop.signal }, 1_000);
    stop.abort(new Error("the process is stopping"));
    await expect(request).rejects.toThrow("the process is stopping");
  });

  it("trusts no certificate that nobody vouches for, and says when no HTTP is spoken", async () => {
    const port = await serve((_, response) => response.end());
    const client = clientFor(`lrs.test:${port}`);
    const failed = await client.fetch(new URL(`https://lrs.test:${port}/`), get, 1_000).then(() => "", describeFailure);
    expect(failed).toBe("it does not speak HTTP there");
  });
});

describe("a redirect", () => {
  it("is followed, without secrets to another origin", async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end("there");
    });
    const port = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const location = request.url === "/" ? "/again" : `http://other.test:${other}/`;
      response.writeHead(302, { location }).end();
    });
    const client = clientFor(`lrs.test:${port},other.test:${other}`);
    const headers = { Authorization: "Basic x" };
    const answer = await client.fetch(new URL(`http://lrs.test:${port}/`), { ...get, headers }, 1_000);
    expect(answer.body.toString()).toBe("there");
    expect(seen).toEqual(["Basic x", "Basic x", undefined]);
  });

  it.each([
    "http://127.0.0.1:1/",
    "http://169.254.169.254/latest/meta-data",
    "http://[::ffff:127.0.0.1]/",
    "http://2130706433/",
    "file:///etc/passwd",
    "//10.0.0.1/",
    "http://user:pw@lrs.test/",
    "http://",
  ])("to %s is refused", async (target) => {
    const port = await serve((request, response) => {
      // Two good hops before the bad one.
      const hop = Number(request.url?.slice(1) ?? 0);
      response.writeHead(302, { location: hop < 2 ? `/${hop + 1}` : target }).end();
    });
    const client = clientFor(`lrs.test:${port}`, async (name) =>
      name === "lrs.test" ? loopback(name) : [{ address: name, family: 4 }],
    );
    await expect(client.fetch(new URL(`http://lrs.test:${port}/0`), get, 1_000)).rejects.toThrow(EgressRefused);
  });

  it("to a name that leads inside is refused", async () => {
    const port = await serve((_, response) => response.writeHead(302, { location: "http://inside.test/" }).end());
    const resolve: Resolve = async (name) => [{ address: name === "lrs.test" ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    const request = clientFor(`lrs.test:${port}`, resolve).fetch(new URL(`http://lrs.test:${port}/`), get, 1_000);
    await expect(request).rejects.toThrow(EgressRefused);
  });

  it("to the same name is refused when DNS leads inside by then", async () => {
    const port = await serve((_, response) => response.writeHead(302, { location: "/again" }).end());
    const answers = ["127.0.0.1", "10.0.0.1"];
    const resolve: Resolve = async () => [{ address: answers.shift() ?? "", family: 4 }];
    const request = clientFor("127.0.0.1", resolve).fetch(new URL(`http://lrs.test:${port}/`), get, 1_000);
    await expect(request).rejects.toThrow(EgressRefused);
    expect(answers).toEqual([]);
  });

  it("from https to http is refused where plain http is not allowed", async () => {
    const port = await serve((_, response) => response.writeHead(302, { location: "http://93.184.216.34/" }).end());
    const request = clientFor(`lrs.test:${port}`).fetch(new URL(`http://lrs.test:${port}/`), get, 1_000);
    await expect(request).rejects.toThrow("it has to be https");
  });

  it("is not followed for ever", async () => {
    const port = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
    const request = clientFor(`lrs.test:${port}`).fetch(new URL(`http://lrs.test:${port}/`), get, 1_000);
    await expect(request).rejects.toThrow(/more than 5 times/);
  });
});

it("checks an address without connecting; an unknown host may be there tomorrow", async () => {
  const unknown: Resolve = () => Promise.reject(Object.assign(new Error("no such host"), { code: "ENOTFOUND" }));
  await expect(clientFor("", unknown).check(new URL("https://lrs.example/"))).resolves.toBeUndefined();
  await expect(clientFor("").check(new URL("https://lrs.example/"))).rejects.toThrow(EgressRefused);
  await expect(clientFor("").check(new URL("https://127.0.0.1/"))).rejects.toThrow(EgressRefused);
});
