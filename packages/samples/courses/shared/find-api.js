const MAX_PARENTS = 500;

function apiIn(start, name) {
  let candidate = start;
  for (let step = 0; candidate && step < MAX_PARENTS; step += 1) {
    try {
      if (candidate[name]) return candidate[name];
    } catch {
      return undefined;
    }
    if (candidate.parent === candidate) return undefined;
    candidate = candidate.parent;
  }
  return undefined;
}

/** Finds the API where the books say it is: parents first, then the window that opened this one. */
export function findApi(name) {
  return apiIn(window, name) ?? (window.top?.opener ? apiIn(window.top.opener, name) : undefined);
}

/** Tells the learner when nobody listens, and when the LMS cannot save. */
export function announce(session) {
  const notice = document.querySelector("[data-connection]");
  if (!notice) return session;
  if (!session.connected) {
    notice.textContent = "No learning platform is listening, so your progress will not be kept.";
    notice.hidden = false;
  }
  session.onSaved = (saved) => {
    notice.textContent = saved ? "" : "Your learning platform could not save just now. It will be tried again.";
    notice.hidden = saved;
  };
  return session;
}
