/** What `given` makes of a record: optional properties that are never undefined. */
export type Given<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The record without its undefined values: what a manifest leaves out stays absent. */
export function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
