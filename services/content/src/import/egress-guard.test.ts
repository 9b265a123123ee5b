import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkedAddress, EgressRefused, guardedRequest, isPrivate } from "./egress-guard.ts";

const strict = { allowPrivate: false, allowHosts: [] };
const resolvesTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

it.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.0.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "fe80::1",
  "fc00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "not an address",
])("counts %s as private", (address) => {
  expect(isPrivate(address)).toBe(true);
});

it.each(["8.8.8.8", "172.32.0.1", "2606:4700:4700::1111"])("counts %s as public", (address) => {
  expect(isPrivate(address)).toBe(false);
});

describe("the address that is connected to", () => {
  it("is the one that was resolved", async () => {
    const url = new URL("https://courses.example/a.zip");
    expect(await checkedAddress(url, strict, resolvesTo("93.184.216.34"))).toEqual({
      address: "93.184.216.34",
      family: 4,
    });
  });

  it.each([
    "file:///etc/passwd",
    "ftp://courses.example/a.zip",
    "http://127.0.0.1/a.zip",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]:8080/",
    "http://[::ffff:7f00:1]/",
  ])("is refused for %s without asking DNS", async (url) => {
    const resolve = () => Promise.reject(new Error("asked DNS"));
    await expect(checkedAddress(new URL(url), strict, resolve)).rejects.toThrow(EgressRefused);
  });

  it("is refused when one of several is private", async () => {
    const resolve = resolvesTo("93.184.216.34", "10.0.0.1");
    await expect(checkedAddress(new URL("http://courses.example/"), strict, resolve)).rejects.toThrow(EgressRefused);
  });

  it("may be private for hosts on the list and where everything is allowed", async () => {
    const url = new URL("http://files.internal/");
    const resolve = resolvesTo("10.0.0.1");
    expect((await checkedAddress(url, { ...strict, allowHosts: ["files.internal"] }, resolve)).address).toBe(
      "10.0.0.1",
    );
    expect((await checkedAddress(url, { ...strict, allowPrivate: true }, resolve)).address).toBe("10.0.0.1");
  });
});

describe("a request", () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const target = new URL(request.url ?? "/", "http://x").searchParams.get("to");
      if (target) response.writeHead(302, { location: target }).end();
      else response.end(`host ${request.headers.host}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const policy = { allowPrivate: false, allowHosts: ["files.test"] };
  const ask = (url: string) =>
    guardedRequest(new URL(url), { policy, signal: AbortSignal.timeout(5_000), resolve: resolvesTo("127.0.0.1") });

  it("connects to the checked address under the asked name", async () => {
    const response = await ask(`http://files.test${base}/`);
    expect((await response.toArray()).join("")).toBe(`host files.test${base}`);
  });

  it("checks every redirect", async () => {
    const to = (target: string) => `http://files.test${base}/?to=${encodeURIComponent(target)}`;
    expect((await (await ask(to("/again"))).toArray()).join("")).toMatch(/^host/);
    await expect(ask(to(`http://127.0.0.1${base}/`))).rejects.toThrow(EgressRefused);
    await expect(ask(to("file:///etc/passwd"))).rejects.toThrow(/only http/);
    await expect(ask(to("?to="))).resolves.toBeDefined();
  });

  it("gives up on endless redirects", async () => {
    const self = `http://files.test${base}/?to=${encodeURIComponent("?to=%3Fto%3D")}`;
    await expect(ask(self)).resolves.toBeDefined();
    const endless = createServer((_, response) => response.writeHead(302, { location: "/" }).end());
    await new Promise<void>((resolve) => endless.listen(0, "127.0.0.1", resolve));
    await expect(ask(`http://files.test:${(endless.address() as AddressInfo).port}/`)).rejects.toThrow(
      /more than 5 times/,
    );
    endless.close();
  });
});
