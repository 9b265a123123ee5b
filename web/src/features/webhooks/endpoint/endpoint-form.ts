import type { MessageInitShape } from "@bufbuild/protobuf";
import type { EndpointDraft, EndpointDraftSchema } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";

export const KINDS = ["webhook", "postback"] as const;
export const ORDERINGS = ["none", "per_registration", "all"] as const;
export const AUTHS = ["form", "basic", "signature", "none"] as const;
export const BODIES = ["form", "json"] as const;
export const RESULTS = ["course", "activity", "full"] as const;
/** Numbers of the delivery policy, with the most that is accepted and the installation's usual default. */
export const NUMBERS = [
  { field: "maxAttempts", most: 100, usual: "10" },
  { field: "firstDelayMs", most: 86_400_000, usual: "1000" },
  { field: "maxDelayMs", most: 604_800_000, usual: "30000" },
  { field: "timeoutMs", most: 120_000, usual: "15000" },
  { field: "maxConcurrency", most: 100, usual: "10" },
  { field: "maxPerMinute", most: 100_000, usual: "∞" },
  { field: "suspendAfterDays", most: 365, usual: "5" },
] as const;
export type NumberField = (typeof NUMBERS)[number]["field"];

/** A line of the header fields. */
export interface HeaderLine {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** What the form holds. */
export interface EndpointForm {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly types: string[];
  readonly courses: string[];
  readonly tags: string[];
  readonly dispatches: string[];
  readonly thin: boolean;
  readonly auth: string;
  readonly body: string;
  readonly results: string;
  readonly username: string;
  readonly password: string;
  readonly ordering: string;
  readonly numbers: Readonly<Record<NumberField, number | "">>;
  readonly headers: readonly HeaderLine[];
}

/** The form of an endpoint, or an empty one. @param types chosen at first */
export function formOf(draft: EndpointDraft | undefined, types: readonly string[] = []): EndpointForm {
  const { filter, postback } = draft ?? {};
  const number = (field: NumberField): number | "" => draft?.[field] || "";
  return {
    kind: postback ? "postback" : "webhook",
    name: draft?.name ?? "",
    description: draft?.description ?? "",
    url: draft?.url ?? "",
    types: [...(filter?.types ?? types)],
    courses: [...(filter?.courseIds ?? [])],
    tags: [...(filter?.tags ?? [])],
    dispatches: [...(filter?.dispatchIds ?? [])],
    thin: draft?.thin ?? false,
    auth: postback?.auth || "form",
    body: postback?.body ?? "",
    results: postback?.results || "course",
    username: postback?.username ?? "",
    password: "",
    ordering: draft?.ordering || "none",
    numbers: {
      maxAttempts: number("maxAttempts"),
      firstDelayMs: number("firstDelayMs"),
      maxDelayMs: number("maxDelayMs"),
      timeoutMs: number("timeoutMs"),
      maxConcurrency: number("maxConcurrency"),
      maxPerMinute: number("maxPerMinute"),
      suspendAfterDays: number("suspendAfterDays"),
    },
    headers: Object.entries(draft?.headers ?? {}).map(([name, value]) => ({ key: name, name, value })),
  };
}

/** The draft of a form. @param before what the form does not show is kept of it */
export function draftOf(
  form: EndpointForm,
  before: EndpointDraft | undefined,
): MessageInitShape<typeof EndpointDraftSchema> {
  const { registrationIds = [], learnerIds = [], destinationIds = [] } = before?.filter ?? {};
  const { auth, body, results, username, password } = form;
  const numbers = Object.fromEntries(NUMBERS.map(({ field }) => [field, Number(form.numbers[field]) || 0]));
  const inUse = form.headers.filter(({ name }) => name.trim() !== "");
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    url: form.url.trim(),
    filter: {
      types: form.types,
      courseIds: form.courses,
      tags: form.tags,
      dispatchIds: form.dispatches,
      registrationIds,
      learnerIds,
      destinationIds,
    },
    ...(form.kind === "postback" && { postback: { auth, body, results, username: username.trim(), password } }),
    thin: form.kind === "webhook" && form.thin,
    headers: Object.fromEntries(inUse.map(({ name, value }) => [name.trim(), value])),
    ...numbers,
    ordering: form.ordering,
  };
}

/** Whether the text is an address that events may be sent to. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text.trim()) && URL.canParse(text.trim());
}
