/** One thing wrong with a piece of JSON. */
export interface Finding {
  /** JSON path, e.g. `$.context.contextActivities.parent[0].id`. */
  readonly path: string;
  /** Id of the requirement in ADL's conformance requirements (`XAPI-00047`); where that has none, a name of ours such as `context-agents`. */
  readonly requirement: string;
  /** A sentence for the author of the JSON. Holds what was found, shortened. */
  readonly message: string;
}
