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
}

export function fakeContent(): FakeContent {
  const content: FakeContent = {
    findings: [],
    checked: [],
    app: fakeApp("content", [PackageService], (router) => {
      registerPartly(router, PackageService, {
        checkPackage({ zip }) {
          content.checked.push(zip.length);
          return { playable: true, findings: [...content.findings] };
        },
      });
    }),
  };
  return content;
}
