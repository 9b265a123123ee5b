import type { HostFacts, HostLearner } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import type { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";

/** How a launch came; numbers as in `launch_exchange.kind`. */
export const exchangeKinds = { package: 1, aicc: 2, link: 3, test: 4 } as const;

export type ExchangeKind = (typeof exchangeKinds)[keyof typeof exchangeKinds];

/** The package a launch comes from. */
export interface LaunchPackage {
  readonly id: string;
  readonly format: PackageFormat;
  /** Signature, key, package and export hold. */
  readonly valid: boolean;
  readonly launcherVersion: string;
}

/** A launch that asks to be admitted. */
export interface LaunchRequest {
  readonly requestId: string;
  /** Tells whether a repeat asks for the same. */
  readonly requestHash: string;
  readonly kind: ExchangeKind;
  readonly dispatchId: string;
  /** Undefined where there is no package, as for launch links. */
  readonly package: LaunchPackage | undefined;
  /** Host of the LMS, for instance `lms.example.com:8443`; undefined: there is no LMS. */
  readonly host: string | undefined;
  /** Origin of the page that speaks with the bridge; empty: none. */
  readonly parentOrigin: string;
  readonly facts: HostFacts;
  readonly learner: HostLearner;
  readonly instanceToken: string;
  readonly freshEntry: boolean;
  /** Where results go from server to server. */
  readonly aicc: { readonly url: string; readonly sealedSid: string } | undefined;
  readonly returnUrl: string;
}
