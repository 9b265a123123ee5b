import { create, type DescMessage, fromBinary, type MessageShape } from "@bufbuild/protobuf";
import { type DispatchBranding, DispatchBrandingSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/branding_pb.ts";
import {
  type HostOptions,
  HostOptionsSchema,
  StatusMapping,
  WindowMode,
} from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";

/** What a dispatch, or its destination, says of its look and of how hosts are told; binary messages, null for nothing. */
export interface Look {
  readonly branding: Uint8Array | null;
  readonly host_options: Uint8Array | null;
}

/** The branding of a dispatch: its own as a whole, else its destination's, else none. */
export function effectiveBranding(dispatch: Look, destination: Look): DispatchBranding {
  return readBranding(dispatch) ?? readBranding(destination) ?? create(DispatchBrandingSchema);
}

/** How a dispatch's hosts are told: as it says itself, else as its destination does, with what is left open decided. */
export function effectiveHostOptions(dispatch: Look, destination: Look): HostOptions {
  const options = readHostOptions(dispatch) ?? readHostOptions(destination) ?? defaultOptions();
  options.statusMapping ||= StatusMapping.SUCCESS_FIRST;
  options.windowMode ||= WindowMode.FRAME;
  return options;
}

export function readBranding({ branding }: Look): DispatchBranding | undefined {
  return read(DispatchBrandingSchema, branding);
}

export function readHostOptions({ host_options }: Look): HostOptions | undefined {
  return read(HostOptionsSchema, host_options);
}

/** Many hosts drop suspend_data, and with it our token, when a course exits without `suspend`. */
function defaultOptions(): HostOptions {
  return create(HostOptionsSchema, { suspendWhenIncomplete: true });
}

function read<Desc extends DescMessage>(schema: Desc, bytes: Uint8Array | null): MessageShape<Desc> | undefined {
  return bytes === null ? undefined : fromBinary(schema, bytes);
}
