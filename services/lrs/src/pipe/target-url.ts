import { addressRefused } from "../errors.ts";

/** Reads the base address of a target, with or without `/statements` and slashes at its end. @throws ADDRESS_REFUSED */
export function readTargetUrl(text: string): URL {
  if (!URL.canParse(text)) throw addressRefused({ url: text, description: "it is no address" });
  const url = new URL(text);
  if (url.search !== "" || url.hash !== "")
    throw addressRefused({ url: text, description: "it has a query or fragment" });
  url.pathname = url.pathname.replace(/\/+$/, "").replace(/\/statements$/, "");
  return url;
}

/** A resource below a target's base address. */
export function resourceOf(targetUrl: string, resource: "statements" | "about"): URL {
  const url = new URL(targetUrl);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${resource}`;
  return url;
}
