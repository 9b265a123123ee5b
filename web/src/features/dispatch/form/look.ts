import type {
  BrandingView,
  CallbackView,
  HostOptionsView,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";

/** How pages look to learners, as a form holds it. */
export interface Branding {
  readonly logoUrl: string;
  readonly primaryColor: string;
  readonly secondaryColor: string;
  readonly cssUrl: string;
  readonly css: string;
  readonly supportText: string;
  readonly supportUrl: string;
}

/** How results are told to hosts, as a form holds it. */
export interface HostOptions {
  readonly statusMapping: string;
  readonly onlyImprove: boolean;
  readonly suspendWhenIncomplete: boolean;
  readonly scaleScore: boolean;
  readonly windowMode: string;
  readonly windowWidth: number;
  readonly windowHeight: number;
}

/** Where results are delivered, as a form holds it; no address for none. */
export interface Callback {
  readonly url: string;
  readonly fallbackUrl: string;
  readonly auth: string;
  readonly username: string;
  readonly password: string;
  readonly format: string;
}

export const STATUS_MAPPINGS = ["success_first", "completion_only", "both"] as const;
export const WINDOW_MODES = ["frame", "window"] as const;
export const CALLBACK_AUTHS = ["signature", "basic", "form"] as const;
export const CALLBACK_FORMATS = ["course", "activity", "full"] as const;

export function brandingOf(view: BrandingView | undefined): Branding {
  const { logoUrl = "", primaryColor = "", secondaryColor = "", cssUrl = "", css = "" } = view ?? {};
  const { supportText = "", supportUrl = "" } = view ?? {};
  return { logoUrl, primaryColor, secondaryColor, cssUrl, css, supportText, supportUrl };
}

export function hostOptionsOf(view: HostOptionsView | undefined): HostOptions {
  return {
    statusMapping: view?.statusMapping || "success_first",
    onlyImprove: view?.onlyImprove ?? false,
    // As without any options: many LMSs drop our token otherwise.
    suspendWhenIncomplete: view?.suspendWhenIncomplete ?? true,
    scaleScore: view?.scaleScore ?? false,
    windowMode: view?.windowMode || "frame",
    windowWidth: view?.windowWidth ?? 0,
    windowHeight: view?.windowHeight ?? 0,
  };
}

export function callbackOf(view: CallbackView | undefined): Callback {
  return {
    url: view?.url ?? "",
    fallbackUrl: view?.fallbackUrl ?? "",
    auth: view?.auth || "signature",
    username: view?.username ?? "",
    password: "",
    format: view?.format || "course",
  };
}

const WEB = /^https?:\/\/[^\s/]+/i;
const COLOUR = /^#[0-9a-f]{6}$/i;

/** Fields of branding that the server would not take. */
export function brandingProblems(branding: Branding): ReadonlySet<keyof Branding> {
  const wrong = (key: keyof Branding, pattern: RegExp) => branding[key] !== "" && !pattern.test(branding[key]);
  const addresses = (["logoUrl", "cssUrl", "supportUrl"] as const).filter((key) => wrong(key, WEB));
  const colours = (["primaryColor", "secondaryColor"] as const).filter((key) => wrong(key, COLOUR));
  return new Set([...addresses, ...colours]);
}

export function isWebAddress(text: string): boolean {
  return WEB.test(text.trim());
}
