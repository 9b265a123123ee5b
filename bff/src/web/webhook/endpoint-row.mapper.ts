import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  EndpointDraft,
  EndpointRowSchema,
  FailureRowSchema,
  HealthStepRowSchema,
  PostbackDraftSchema,
  SecretRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { AttemptOutcome } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import {
  type Endpoint,
  type EndpointOwner,
  type EndpointSchema,
  EndpointStatus,
  type FailureCount,
  type HealthStep,
  Ordering,
  PostbackAuth,
  PostbackBody,
  PostbackResults,
  type PostbackSettings,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type { Secret } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { toEventFilter, toEventFilterView } from "../event/event-filter.mapper.ts";
import { valueOfText } from "./value-of-text.ts";

const OWNERS = { courseId: "course", registrationId: "registration", dispatchId: "dispatch", importId: "import" };

export function toEndpointRow(endpoint: Endpoint): MessageInitShape<typeof EndpointRowSchema> {
  const { id, status, statusReason, owner, summary, createTime, updateTime, etag } = endpoint;
  return {
    id,
    draft: draftOf(endpoint),
    status: textOfEnum(EndpointStatus, status),
    statusReason,
    ...ownerOf(owner),
    deliveredCount: summary?.deliveredCount ?? 0n,
    failedCount: summary?.failedCount ?? 0n,
    queuedCount: summary?.queuedCount ?? 0n,
    ...(summary?.p95LatencyMs !== undefined && { p95LatencyMs: summary.p95LatencyMs }),
    lastSuccessTime: millisOf(summary?.lastSuccessTime),
    lastFailureTime: millisOf(summary?.lastFailureTime),
    lastError: summary?.lastError ?? "",
    nextAttemptTime: millisOf(summary?.nextAttemptTime),
    secretCreateTime: millisOf(summary?.secretCreateTime),
    createTime: millisOf(createTime),
    updateTime: millisOf(updateTime),
    etag,
  };
}

function ownerOf(owner: EndpointOwner | undefined) {
  const is = owner?.owner;
  return is?.case === undefined ? {} : { ownerKind: OWNERS[is.case], ownerId: is.value };
}

function draftOf({ name, description, url, filter, kind, headers, policy }: Endpoint) {
  return {
    name,
    description,
    url,
    filter: toEventFilterView(filter),
    ...(kind.case === "postback" && { postback: postbackDraftOf(kind.value) }),
    thin: kind.case === "webhook" && kind.value.thin,
    headers,
    maxAttempts: policy?.maxAttempts ?? 0,
    firstDelayMs: policy?.firstDelayMs ?? 0,
    maxDelayMs: policy?.maxDelayMs ?? 0,
    timeoutMs: policy?.timeoutMs ?? 0,
    maxConcurrency: policy?.maxConcurrency ?? 0,
    maxPerMinute: policy?.maxPerMinute ?? 0,
    ordering: textOfEnum(Ordering, policy?.ordering ?? 0),
    suspendAfterDays: policy?.suspendAfterDays ?? 0,
  };
}

function postbackDraftOf(settings: PostbackSettings): MessageInitShape<typeof PostbackDraftSchema> {
  const { body, auth, results, username } = settings;
  return {
    body: textOfEnum(PostbackBody, body),
    auth: textOfEnum(PostbackAuth, auth),
    results: textOfEnum(PostbackResults, results),
    username,
  };
}

/** What a person entered, as the service wants it. @throws FIELD_INVALID for a word that is none of a choice */
export function toEndpoint(draft: EndpointDraft | undefined): MessageInitShape<typeof EndpointSchema> {
  if (draft === undefined) return {};
  const { name, description, url, filter, postback, thin, headers, ordering, ...numbers } = draft;
  const { maxAttempts, firstDelayMs, maxDelayMs, timeoutMs, maxConcurrency, maxPerMinute, suspendAfterDays } = numbers;
  return {
    name,
    description,
    url,
    filter: toEventFilter(filter),
    kind: postback
      ? {
          case: "postback",
          value: {
            body: valueOfText(PostbackBody, postback.body, "draft.postback.body"),
            auth: valueOfText(PostbackAuth, postback.auth, "draft.postback.auth"),
            results: valueOfText(PostbackResults, postback.results, "draft.postback.results"),
            username: postback.username,
            password: postback.password,
          },
        }
      : { case: "webhook", value: { thin } },
    headers,
    policy: {
      maxAttempts,
      firstDelayMs,
      maxDelayMs,
      timeoutMs,
      maxConcurrency,
      maxPerMinute,
      suspendAfterDays,
      ordering: valueOfText(Ordering, ordering, "draft.ordering"),
    },
  };
}

export function toSecretRow(secret: Secret): MessageInitShape<typeof SecretRowSchema> {
  const { id, hint, createTime, expireTime, lastUseTime } = secret;
  return {
    id,
    hint,
    createTime: millisOf(createTime),
    expireTime: millisOf(expireTime),
    lastUseTime: millisOf(lastUseTime),
  };
}

export function toHealthStepRow(step: HealthStep): MessageInitShape<typeof HealthStepRowSchema> {
  const { startTime, deliveredCount, failedAttemptCount, p50LatencyMs, p95LatencyMs } = step;
  return {
    startTime: millisOf(startTime),
    deliveredCount,
    failedAttemptCount,
    ...(p50LatencyMs !== undefined && { p50LatencyMs }),
    ...(p95LatencyMs !== undefined && { p95LatencyMs }),
  };
}

export function toFailureRow({ outcome, httpStatus, count }: FailureCount): MessageInitShape<typeof FailureRowSchema> {
  return { outcome: textOfEnum(AttemptOutcome, outcome), httpStatus, count };
}
