/** `session_unsaved` as "Session unsaved", for kinds this page has no words for yet. */
export function plainKind(kind: string): string {
  const words = kind.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
