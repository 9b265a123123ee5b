import { fromBinary } from "@bufbuild/protobuf";
import { DispatchLaunchedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  type ActivitiesProgressed,
  ActivitiesProgressedSchema,
  InstanceCreatedSchema,
  LaunchEndedSchema,
  LaunchOpenedSchema,
  RegistrationCompletedSchema,
  RegistrationCreatedSchema,
  RegistrationDeletedSchema,
  RegistrationFailedSchema,
  RegistrationPassedSchema,
  RegistrationProgressedSchema,
  type ResultChange,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import type { Launch } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { Instance, Registration } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";

/** An event as the journal has it. */
export interface JournalEvent {
  /** UUIDv7: the order in which things became true. */
  readonly id: string;
  readonly type: string;
  readonly payload: Uint8Array;
  /** Unix milliseconds. */
  readonly at: number;
}

/** What an event tells of a registration. */
export type Told =
  | { readonly kind: "created"; readonly registration: Registration }
  | { readonly kind: "deleted" }
  | { readonly kind: "instance"; readonly instance: Instance }
  | { readonly kind: "launch"; readonly launch: Launch; readonly ended: boolean }
  | { readonly kind: "result"; readonly change: ResultChange }
  | { readonly kind: "activities"; readonly progress: ActivitiesProgressed }
  | { readonly kind: "dispatch"; readonly dispatchId: string; readonly destinationId: string };

interface Reading {
  readonly told: Told;
  readonly registrationId: string;
}

const resultOf = (change: ResultChange | undefined): Reading | undefined =>
  change && { told: { kind: "result", change }, registrationId: change.registrationId };

const readers: Readonly<Record<string, (payload: Uint8Array) => Reading | undefined>> = {
  [RegistrationCreatedSchema.typeName]: (payload) => {
    const { registration } = fromBinary(RegistrationCreatedSchema, payload);
    return registration && { told: { kind: "created", registration }, registrationId: registration.id };
  },
  [RegistrationDeletedSchema.typeName]: (payload) => {
    const { registrationId } = fromBinary(RegistrationDeletedSchema, payload);
    return { told: { kind: "deleted" }, registrationId };
  },
  [InstanceCreatedSchema.typeName]: (payload) => {
    const { registrationId, instance } = fromBinary(InstanceCreatedSchema, payload);
    return instance && { told: { kind: "instance", instance }, registrationId };
  },
  [LaunchOpenedSchema.typeName]: (payload) => {
    const { launch } = fromBinary(LaunchOpenedSchema, payload);
    return launch && { told: { kind: "launch", launch, ended: false }, registrationId: launch.registrationId };
  },
  [LaunchEndedSchema.typeName]: (payload) => {
    const { launch } = fromBinary(LaunchEndedSchema, payload);
    return launch && { told: { kind: "launch", launch, ended: true }, registrationId: launch.registrationId };
  },
  // Completed, passed and failed come with a progressed of the same change, which tells them all; alone they tell the same.
  [RegistrationProgressedSchema.typeName]: (payload) =>
    resultOf(fromBinary(RegistrationProgressedSchema, payload).change),
  [RegistrationCompletedSchema.typeName]: (payload) =>
    resultOf(fromBinary(RegistrationCompletedSchema, payload).change),
  [RegistrationPassedSchema.typeName]: (payload) => resultOf(fromBinary(RegistrationPassedSchema, payload).change),
  [RegistrationFailedSchema.typeName]: (payload) => resultOf(fromBinary(RegistrationFailedSchema, payload).change),
  [ActivitiesProgressedSchema.typeName]: (payload) => {
    const progress = fromBinary(ActivitiesProgressedSchema, payload);
    return { told: { kind: "activities", progress }, registrationId: progress.registrationId };
  },
  [DispatchLaunchedSchema.typeName]: (payload) => {
    const { registrationId, dispatchId, destinationId } = fromBinary(DispatchLaunchedSchema, payload);
    return registrationId ? { told: { kind: "dispatch", dispatchId, destinationId }, registrationId } : undefined;
  },
};

/** Types of events about one registration each. */
export const REGISTRATION_EVENTS: readonly string[] = Object.keys(readers);

/** Reads an event; undefined for one that says nothing of a registration. */
export function readRegistrationEvent(type: string, payload: Uint8Array): Reading | undefined {
  return readers[type]?.(payload);
}
