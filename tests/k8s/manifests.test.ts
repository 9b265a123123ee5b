import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolePassword } from "@coursemesh/platform/db/migrate.ts";
import { MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: { ports?: { port: number }[]; template?: { spec: { containers: Container[] } } };
}
interface Container {
  args: string[];
  ports?: { containerPort: number }[];
  readinessProbe?: { grpc?: { port: number } };
  env?: { name: string }[];
}

function manifestsOf(path: string): Manifest[] {
  return parseAllDocuments(read(path)).map((document) => {
    expect(document.errors, path).toEqual([]);
    return document.toJS() as Manifest;
  });
}

describe("k8s/base", () => {
  const { resources } = parse(read("k8s/base/kustomization.yaml")) as { resources: string[] };

  it("lists every file of the folder, and every file parses", () => {
    expect(resources).toEqual(
      readdirSync(`${root}k8s/base`)
        .filter((name) => name !== "kustomization.yaml")
        .toSorted(),
    );
    for (const file of resources) expect(manifestsOf(`k8s/base/${file}`).length).toBeGreaterThan(0);
  });

  it.each(Object.entries(MESH_PORTS))("runs %s on port %i, probed by gRPC health", (name, port) => {
    const [service, deployment] = manifestsOf(`k8s/base/${name}.yaml`);
    const [container] = deployment?.spec.template?.spec.containers ?? [];
    expect(service?.spec.ports?.map((it) => it.port)).toEqual([port]);
    expect(container?.args).toEqual([`services/${name}/src/main.ts`]);
    expect(container?.ports?.map((it) => it.containerPort)).toEqual([port]);
    expect(container?.readinessProbe?.grpc?.port).toBe(port);
  });

  it("gives a database to exactly the services that have migrations", () => {
    for (const name of Object.keys(MESH_PORTS)) {
      const [, deployment] = manifestsOf(`k8s/base/${name}.yaml`);
      const names = deployment?.spec.template?.spec.containers[0]?.env?.map((it) => it.name);
      const hasMigrations = readdirSync(`${root}services/${name}`).includes("migrations");
      expect(names?.includes("DATABASE_URL"), name).toBe(hasMigrations);
    }
  });
});

it("derives the development passwords as the migration job does", () => {
  const overlay = parse(read("k8s/overlays/dev/kustomization.yaml")) as {
    secretGenerator: { name: string; literals: string[] }[];
  };
  const owner = overlay.secretGenerator.find((it) => it.name === "database-owner");
  const secret = owner?.literals.find((it) => it.startsWith("secret="))?.slice(7) ?? "";
  for (const line of read("k8s/overlays/dev/database-urls.env").trim().split("\n")) {
    const [name = "", url = ""] = line.split(/=(.*)/s);
    expect(decodeURIComponent(new URL(url).password)).toBe(rolePassword(secret, name));
  }
});

describe("Tiltfile", () => {
  const tiltfile = read("Tiltfile");

  it("names all nine services with their ports, in one list", () => {
    const [, list = ""] = /^services = \{([^}]*)\}/m.exec(tiltfile) ?? [];
    const named = Object.fromEntries(
      [...list.matchAll(/'(\w+)': (\d+)/g)].map((match) => [match[1], Number(match[2])]),
    );
    expect(named).toEqual(MESH_PORTS);
  });

  it("is short, and its brackets close", () => {
    expect(tiltfile.split("\n").length).toBeLessThan(60);
    const count = (pattern: RegExp): number => tiltfile.match(pattern)?.length ?? 0;
    expect([count(/\(/g), count(/\[/g), count(/\{/g)]).toEqual([count(/\)/g), count(/\]/g), count(/\}/g)]);
  });
});
