/**
 * Appends `item/@parameters` to a launch address by the steps of the books (IMS Content Packaging 1.1.4, 4.6.2):
 * leading `?` and `&` go, a fragment is only added where there is no query and no fragment yet.
 */
export function appendParameters(href: string, parameters: string | undefined): string {
  const rest = (parameters ?? "").trim().replace(/^[?&]+/, "");
  if (rest === "") return href;
  if (rest.startsWith("#")) return /[?#]/.test(href) ? href : href + rest;
  const [address = "", ...fragments] = href.split("#");
  const joined = `${address}${address.includes("?") ? "&" : "?"}${rest}`;
  return fragments.length > 0 ? `${joined}#${fragments.join("#")}` : joined;
}
