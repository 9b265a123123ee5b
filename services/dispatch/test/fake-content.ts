import type { MessageInitShape } from "@bufbuild/protobuf";
import { registerPartly } from "@coursemesh/platform/rpc/not-built.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import { type PackageFindingSchema, PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { fakeApp } from "./fake-app.ts";

/** Stands for the content service: says about packages what it is told to say. */
export interface FakeContent {
  readonly app: App;
  findings: readonly MessageInitShape<typeof PackageFindingSchema>[];
  /** Sizes of the packages it was shown. */
  readonly checked: number[];
  /** Gives a package SCOs by these names; a package has A and B otherwise. */
  setActivities(packageId: string, identifiers: readonly string[]): void;
}

export function fakeContent(): FakeContent {
  const activities = new Map<string, readonly string[]>();
  const content: FakeContent = {
    findings: [],
    checked: [],
    setActivities: (packageId, identifiers) => void activities.set(packageId, identifiers),
    app: fakeApp("content", [PackageService], (router) => {
      registerPartly(router, PackageService, {
        checkPackage({ zip }) {
          content.checked.push(zip.length);
          return { playable: true, findings: [...content.findings] };
        },
        getPackage({ id }) {
          return { package: { id, outlineJson: outlineOf(activities.get(id) ?? ["A", "B"]) } };
        },
      });
    }),
  };
  return content;
}

function outlineOf(identifiers: readonly string[]): string {
  const activities = identifiers.map((identifier) => ({
    ...{ identifier, title: identifier, visible: true, children: [] },
    launch: { href: "index.html", type: "sco" },
  }));
  const names = { standard: "scorm12", manifestIdentifier: "M", organizationIdentifier: "O", title: "" };
  return JSON.stringify({ ...names, activities });
}
