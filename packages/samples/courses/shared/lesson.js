import { connect } from "./session.js";

/**
 * A lesson of several pages: the sections of the document, one at a time. The page is kept as the bookmark;
 * the lesson is complete once the last page has been reached.
 */
const session = connect();
const pages = [...document.querySelectorAll("[data-page]")];
const place = document.querySelector("[data-place]");
const bar = document.querySelector("[data-bar]");
const back = document.querySelector("[data-testid=lesson-back]");
const next = document.querySelector("[data-testid=lesson-next]");
const end = document.querySelector("[data-end]");

const kept = Number(session.place);
let current = Number.isInteger(kept) && kept > 0 && kept <= pages.length ? kept - 1 : 0;

function show(moveFocus) {
  pages.forEach((page, index) => {
    page.hidden = index !== current;
  });
  const last = current === pages.length - 1;
  place.textContent = `Page ${current + 1} of ${pages.length}`;
  bar.style.width = `${((current + 1) / pages.length) * 100}%`;
  back.hidden = current === 0;
  next.hidden = last;
  end.hidden = !last;
  session.place = current + 1;
  if (last) {
    session.done = true;
    session.complete();
  }
  session.save();
  if (moveFocus) {
    pages[current].querySelector("h1").focus();
    window.scrollTo(0, 0);
  }
}

back.addEventListener("click", () => {
  current -= 1;
  show(true);
});
next.addEventListener("click", () => {
  current += 1;
  show(true);
});
end.querySelector("button")?.addEventListener("click", (event) => {
  event.currentTarget.disabled = true;
  session.goOn();
});
show(false);
