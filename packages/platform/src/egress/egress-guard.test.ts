import { describe, expect, it } from "vitest";
import { readEgressAllow } from "./egress-allow.ts";
import { checkedAddresses, type EgressPolicy, EgressRefused } from "./egress-guard.ts";
import { isPublicAddress } from "./public-address.ts";

const strict: EgressPolicy = { allow: readEgressAllow("") };
const resolvesTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
const check = (url: string, policy = strict, ...addresses: string[]) =>
  checkedAddresses(new URL(url), policy, resolvesTo(...addresses));

describe("an address", () => {
  it.each([
    ["this network", "0.0.0.0"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["private", "10.1.2.3"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.0.1"],
    ["link-local", "169.254.0.1"],
    ["AWS, GCP and Azure metadata", "169.254.169.254"],
    ["ECS metadata", "169.254.170.2"],
    ["Alibaba metadata", "100.100.100.200"],
    ["Azure wire server", "168.63.129.16"],
    ["shared (CGNAT)", "100.64.0.1"],
    ["shared (CGNAT)", "100.127.255.255"],
    ["Oracle metadata", "192.0.0.192"],
    ["documentation", "192.0.2.1"],
    ["documentation", "198.51.100.7"],
    ["documentation", "203.0.113.9"],
    ["benchmarks", "198.19.255.255"],
    ["6to4 relay", "192.88.99.1"],
    ["multicast", "224.0.0.1"],
    ["multicast", "239.255.255.250"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["link-local", "fe80::1"],
    ["link-local with a zone", "fe80::1%eth0"],
    ["site-local", "fec0::1"],
    ["unique local", "fc00::1"],
    ["AWS metadata", "fd00:ec2::254"],
    ["multicast", "ff02::1"],
    ["mapped loopback", "::ffff:127.0.0.1"],
    ["mapped public", "::ffff:8.8.8.8"],
    ["IPv4-compatible", "::7f00:1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["6to4", "2002:7f00:1::"],
    ["Teredo", "2001:0:53aa:64c::1"],
    ["documentation", "2001:db8::1"],
    ["documentation", "3fff::1"],
    ["discard", "100::1"],
    ["no address", "localhost"],
    ["no address", ""],
  ])("that is %s (%s) is not public", (_kind, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "11.0.0.1",
    "2606:4700:4700::1111",
    "2a00:1450::1",
  ])("like %s is public", (address) => expect(isPublicAddress(address)).toBe(true));
});

describe("a URL", () => {
  it.each([
    ["another protocol", "file:///etc/passwd"],
    ["another protocol", "ftp://lrs.example/"],
    ["another protocol", "gopher://127.0.0.1:6379/_x"],
    ["another protocol", "javascript:alert(1)"],
    ["a decimal address", "https://2130706433/"],
    ["a hexadecimal address", "https://0x7f000001/"],
    ["an octal address", "https://0177.0.0.1/"],
    ["a mixed address", "https://0x7f.1/"],
    ["a short address", "https://127.1/"],
    ["full-width digits", "https://１２７.０.０.１/"],
    ["circled digits", "https://①②⑦.⓪.⓪.①/"],
    ["a long octal address", "https://017700000001/"],
    ["a hexadecimal address in capitals", "https://0X7F.0X0.0X0.0X1/"],
    ["two parts", "https://127.65535/"],
    ["an address with a dot behind it", "https://127.0.0.1./"],
    ["ideographic full stops", "https://127。0。0。1/"],
    ["escaped digits", "https://%31%32%37.0.0.1/"],
    ["a soft hyphen in the address", "https://127.0.0\u00ad.1/"],
    ["a tab in the address", "https://127.0\t.0.1/"],
    ["backslashes for slashes", "https:\\\\127.0.0.1\\"],
    ["a backslash before the user", "https://127.0.0.1\\@8.8.8.8/"],
    ["a link-local metadata server in decimal", "https://2852039166/"],
    ["an IPv6 loopback written out", "https://[0:0:0:0:0:0:0:1]/"],
    ["an IPv4-compatible address", "https://[::127.0.0.1]/"],
    ["an IPv4-translated address", "https://[::ffff:0:127.0.0.1]/"],
    ["NAT64 of an operator's own", "https://[64:ff9b:1::10.0.0.1]/"],
    ["an IPv6 loopback", "https://[::1]:8443/"],
    ["a mapped address", "https://[::ffff:7f00:1]/"],
    ["a mapped address in dots", "https://[::ffff:169.254.169.254]/"],
    ["zero", "https://0/"],
    ["a user before the host", "https://lrs.example@127.0.0.1/"],
    ["a user and password", "https://user:secret@8.8.8.8/"],
    ["no TLS", "http://8.8.8.8/"],
    ["a mail server's port", "https://8.8.8.8:25/"],
    ["a remote login's port", "https://8.8.8.8:22/"],
    ["a port that is none", "https://8.8.8.8:0/"],
    ["an empty user", "https://:@127.0.0.1/"],
  ])("with %s (%s) is refused without asking DNS", async (_trick, url) => {
    const resolve = () => Promise.reject(new Error("asked DNS"));
    await expect(checkedAddresses(new URL(url), strict, resolve)).rejects.toThrow(EgressRefused);
  });

  it("leads to the addresses that were resolved", async () => {
    const addresses = [
      { address: "93.184.216.34", family: 4 },
      { address: "2606:4700:4700::1111", family: 6 },
    ];
    expect(await check("https://lrs.example/xapi", strict, "93.184.216.34", "2606:4700:4700::1111")).toEqual(addresses);
    expect(await check("https://lrs.example:8443/xapi", strict, "93.184.216.34")).toHaveLength(1);
  });

  it.each([
    ["a private address", ["10.0.0.1"]],
    ["a private address among public ones", ["93.184.216.34", "10.0.0.1"]],
    ["a mapped address", ["::ffff:10.0.0.1"]],
    ["a metadata server's address", ["169.254.169.254"]],
    ["an IPv6 loopback behind a public address", ["2606:4700:4700::1111", "::1"]],
    ["NAT64 of a private address", ["64:ff9b::a00:1"]],
    ["no address", []],
  ])("whose name has %s is refused", async (_case, addresses) => {
    await expect(check("https://lrs.example/", strict, ...addresses)).rejects.toThrow(EgressRefused);
  });

  it("needs no TLS where the policy says so", async () => {
    const plain = { ...strict, plainHttp: true };
    expect(await check("http://files.example/", plain, "93.184.216.34")).toHaveLength(1);
    await expect(check("http://files.example/", plain, "10.0.0.1")).rejects.toThrow(EgressRefused);
    await expect(check("https://files.example:80/", strict, "93.184.216.34")).rejects.toThrow(/port 80/);
  });
});

describe("the allow-list", () => {
  const policy = { allow: readEgressAllow("LRS.internal:8443, 10.1.0.0/16, [::1]:9000, fd00::/8, 127.0.0.1:25") };
  it.each([
    ["http://lrs.internal:8443/", ["10.0.0.1"]],
    ["https://LRS.internal.:8443/", ["10.0.0.1"]],
    ["http://anything.example/", ["10.1.2.3"]],
    ["http://10.1.255.255:22/", []],
    ["http://[::1]:9000/", []],
    ["https://six.example/", ["fd12::1"]],
    ["http://127.0.0.1:25/", []],
  ])("lets %s through", async (url, addresses) => {
    await expect(check(url, policy, ...addresses)).resolves.toBeDefined();
  });

  it.each([
    ["http://lrs.internal:8444/", ["10.0.0.1"]],
    ["https://not-lrs.internal:8443/", ["10.0.0.1"]],
    ["https://lrs.internal.example:8443/", ["10.0.0.1"]],
    ["http://10.2.0.1/", []],
    ["https://mixed.example/", ["10.1.2.3", "10.2.0.1"]],
    ["https://[::1]:9001/", []],
    ["https://[::ffff:10.2.0.1]/", []],
    ["ftp://10.1.2.3/", []],
    ["http://user@10.1.2.3/", []],
  ])("still refuses %s", async (url, addresses) => {
    await expect(check(url, policy, ...addresses)).rejects.toThrow(EgressRefused);
  });

  it.each([
    "10.0.0.0/33",
    "a b",
    "http://x",
    "host:99999",
    "host:0",
    "[::1",
    "10.0.0.1/x",
    "host/8",
  ])("names the entry %s, which it cannot read", (entry) =>
    expect(() => readEgressAllow(`ok.example,${entry}`)).toThrow(entry));
});
