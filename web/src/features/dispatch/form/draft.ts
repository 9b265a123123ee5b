import type { DestinationDraft, DispatchDraft } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import {
  type Branding,
  brandingOf,
  brandingProblems,
  type Callback,
  callbackOf,
  type HostOptions,
  hostOptionsOf,
  isWebAddress,
} from "./look.ts";
import { type Terms, termsOf, termsProblem } from "./terms.ts";

/** A dispatch as its form holds it. */
export interface DispatchForm {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly tags: string[];
  readonly email: string;
  readonly notes: string;
  readonly pinnedVersionId: string;
  readonly terms: Terms;
  readonly isStatic: boolean;
  readonly hashLearner: boolean;
  readonly trackingEnabled: boolean;
  readonly shareAnalytics: boolean;
  readonly callback: Callback;
  /** False: the destination's. */
  readonly ownBranding: boolean;
  readonly branding: Branding;
  readonly ownHostOptions: boolean;
  readonly hostOptions: HostOptions;
}

/** Paths of the contract that a form writes. */
export const DISPATCH_PATHS = [
  ...["pinned_course_version_id", "name", "version", "description", "tags", "email", "notes", "terms", "instancing"],
  ...["hash_learner", "tracking_enabled", "share_analytics", "callback", "branding", "host_options"],
];

export function dispatchFormOf(draft: DispatchDraft | undefined): DispatchForm {
  return {
    name: draft?.name ?? "",
    version: draft?.version ?? "",
    description: draft?.description ?? "",
    tags: draft?.tags ?? [],
    email: draft?.email ?? "",
    notes: draft?.notes ?? "",
    pinnedVersionId: draft?.pinnedVersionId ?? "",
    terms: termsOf(draft?.terms),
    isStatic: draft?.isStatic ?? false,
    hashLearner: draft?.hashLearner ?? false,
    trackingEnabled: draft?.trackingEnabled ?? true,
    shareAnalytics: draft?.shareAnalytics ?? false,
    callback: callbackOf(draft?.callback),
    ownBranding: draft?.branding !== undefined,
    branding: brandingOf(draft?.branding),
    ownHostOptions: draft?.hostOptions !== undefined,
    hostOptions: hostOptionsOf(draft?.hostOptions),
  };
}

/** What is sent of a form. */
export function dispatchDraftOf({
  ownBranding,
  ownHostOptions,
  branding,
  hostOptions,
  callback,
  ...form
}: DispatchForm) {
  const url = callback.url.trim();
  return {
    ...form,
    name: form.name.trim(),
    email: form.email.trim(),
    ...(url !== "" && { callback: { ...callback, url, fallbackUrl: callback.fallbackUrl.trim() } }),
    ...(ownBranding && { branding }),
    ...(ownHostOptions && { hostOptions }),
  };
}

/** True when the server would take the form, as far as can be seen here. */
export function isDispatchFormGood({ terms, ownBranding, branding, callback }: DispatchForm): boolean {
  return (
    termsProblem(terms) === undefined &&
    (!ownBranding || brandingProblems(branding).size === 0) &&
    [callback.url, callback.fallbackUrl].every((address) => address.trim() === "" || isWebAddress(address))
  );
}

/** A destination as its form holds it. */
export interface DestinationForm {
  readonly name: string;
  readonly externalId: string;
  readonly tags: string[];
  readonly email: string;
  readonly notes: string;
  readonly terms: Terms;
  readonly branding: Branding;
  readonly hostOptions: HostOptions;
}

export function destinationFormOf(draft: DestinationDraft | undefined): DestinationForm {
  return {
    name: draft?.name ?? "",
    externalId: draft?.externalId ?? "",
    tags: draft?.tags ?? [],
    email: draft?.email ?? "",
    notes: draft?.notes ?? "",
    terms: termsOf(draft?.terms),
    branding: brandingOf(draft?.branding),
    hostOptions: hostOptionsOf(draft?.hostOptions),
  };
}

/** What is sent of a form. */
export function destinationDraftOf(form: DestinationForm) {
  return { ...form, name: form.name.trim(), externalId: form.externalId.trim(), email: form.email.trim() };
}

export function isDestinationFormGood({ name, terms, branding }: DestinationForm): boolean {
  return name.trim() !== "" && termsProblem(terms) === undefined && brandingProblems(branding).size === 0;
}
