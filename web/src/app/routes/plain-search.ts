/** Search parameters with a list of their own, as the router wants them. */
export function plain<Search extends { readonly types?: readonly string[] | undefined }>(
  search: Search,
): Omit<Search, "types"> & { types?: string[] | undefined } {
  const { types, ...rest } = search;
  return "types" in search ? { ...rest, types: types && [...types] } : rest;
}
