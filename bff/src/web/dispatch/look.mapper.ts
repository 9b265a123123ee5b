import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DispatchBranding, DispatchBrandingSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/branding_pb.ts";
import {
  type Callback,
  CallbackAuth,
  CallbackFormat,
  type CallbackSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  type HostOptions,
  type HostOptionsSchema,
  StatusMapping,
  WindowMode,
} from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import type {
  BrandingView,
  BrandingViewSchema,
  CallbackView,
  CallbackViewSchema,
  HostOptionsView,
  HostOptionsViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { valueOfText } from "../webhook/value-of-text.ts";

export function toBrandingView(branding: DispatchBranding): MessageInitShape<typeof BrandingViewSchema> {
  const { logoUrl, primaryColor, secondaryColor, cssUrl, css, supportText, supportUrl } = branding;
  return { logoUrl, primaryColor, secondaryColor, cssUrl, css, supportText, supportUrl };
}

export function toBranding(branding: BrandingView): MessageInitShape<typeof DispatchBrandingSchema> {
  const { logoUrl, primaryColor, secondaryColor, cssUrl, css, supportText, supportUrl } = branding;
  return { logoUrl, primaryColor, secondaryColor, cssUrl, css, supportText, supportUrl };
}

export function toHostOptionsView(options: HostOptions): MessageInitShape<typeof HostOptionsViewSchema> {
  const { onlyImprove, suspendWhenIncomplete, scaleScore, windowWidth, windowHeight } = options;
  return {
    ...{ onlyImprove, suspendWhenIncomplete, scaleScore, windowWidth, windowHeight },
    statusMapping: textOfEnum(StatusMapping, options.statusMapping),
    windowMode: textOfEnum(WindowMode, options.windowMode),
  };
}

/** @throws FIELD_INVALID for a word that is none of a choice */
export function toHostOptions(view: HostOptionsView): MessageInitShape<typeof HostOptionsSchema> {
  const { onlyImprove, suspendWhenIncomplete, scaleScore, windowWidth, windowHeight } = view;
  return {
    ...{ onlyImprove, suspendWhenIncomplete, scaleScore, windowWidth, windowHeight },
    statusMapping: valueOfText(StatusMapping, view.statusMapping, "host_options.status_mapping"),
    windowMode: valueOfText(WindowMode, view.windowMode, "host_options.window_mode"),
  };
}

export function toCallbackView(callback: Callback): MessageInitShape<typeof CallbackViewSchema> {
  const { url, fallbackUrl, username } = callback;
  return {
    ...{ url, fallbackUrl, username },
    auth: textOfEnum(CallbackAuth, callback.auth),
    format: textOfEnum(CallbackFormat, callback.format),
  };
}

/** @throws FIELD_INVALID for a word that is none of a choice */
export function toCallback(view: CallbackView): MessageInitShape<typeof CallbackSchema> {
  const { url, fallbackUrl, username, password } = view;
  return {
    ...{ url, fallbackUrl, username, password },
    auth: valueOfText(CallbackAuth, view.auth, "callback.auth"),
    format: valueOfText(CallbackFormat, view.format, "callback.format"),
  };
}
