/** Completion: circles. Success: shields. A glyph never stands without its word. */
export type StatusKind = "complete" | "incomplete" | "not_attempted" | "passed" | "failed" | "unknown";

const SHIELD = "M8 1.5 13.5 3.5v4.2c0 3.3-2.2 5.6-5.5 6.8-3.3-1.2-5.5-3.5-5.5-6.8V3.5z";

/** 16 px, drawn in the colour of the text and the fill of the status. */
export function StatusGlyph({ kind, shape }: { readonly kind: StatusKind; readonly shape: "circle" | "shield" }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true" style={{ flex: "none" }}>
      {shape === "circle" ? <Circle kind={kind} /> : <Shield kind={kind} />}
    </svg>
  );
}

function Circle({ kind }: { readonly kind: StatusKind }) {
  if (kind === "complete")
    return (
      <>
        <circle cx="8" cy="8" r="6.5" fill="var(--cm-complete-fill)" stroke="var(--cm-complete)" />
        <path d="m5 8.2 2.1 2.1L11 6.2" stroke="light-dark(#fff, #0b1a3a)" strokeWidth="1.6" />
      </>
    );
  if (kind === "incomplete")
    return (
      <>
        <circle cx="8" cy="8" r="6.5" stroke="var(--cm-incomplete)" />
        <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="var(--cm-incomplete-fill)" stroke="var(--cm-incomplete)" />
      </>
    );
  if (kind === "not_attempted")
    return <circle cx="8" cy="8" r="6.5" stroke="var(--cm-not-attempted)" strokeWidth="1.4" />;
  return (
    <>
      <circle cx="8" cy="8" r="6.5" stroke="var(--cm-unknown)" strokeDasharray="2.4 1.7" />
      <Question />
    </>
  );
}

function Shield({ kind }: { readonly kind: StatusKind }) {
  if (kind === "passed")
    return (
      <>
        <path d={SHIELD} fill="var(--cm-passed-fill)" stroke="var(--cm-passed)" strokeLinejoin="round" />
        <path d="m5.2 8 2 2 3.6-3.8" stroke="light-dark(#fff, #04231e)" strokeWidth="1.6" />
      </>
    );
  if (kind === "failed")
    return (
      <>
        <path d={SHIELD} fill="var(--cm-failed-fill)" stroke="var(--cm-failed)" strokeLinejoin="round" />
        <path d="m5.8 5.6 4.4 4.4m0-4.4-4.4 4.4" stroke="light-dark(#fff, #2e0a06)" strokeWidth="1.6" />
      </>
    );
  return (
    <>
      <path d={SHIELD} stroke="var(--cm-unknown)" strokeDasharray="2.4 1.7" strokeLinejoin="round" />
      <Question />
    </>
  );
}

function Question() {
  return (
    <path
      d="M6.4 6.5c0-.9.7-1.5 1.6-1.5s1.6.6 1.6 1.4c0 1.1-1.6 1.2-1.6 2.3m0 1.5v.3"
      stroke="var(--cm-unknown)"
      strokeWidth="1.2"
      strokeLinecap="round"
    />
  );
}
