import { connect } from "./session.js";

/** Short for document.createElement with properties and children; text only ever becomes text nodes. */
function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/**
 * Plays a quiz, one question a screen. What is kept: the bookmark names the screen, the suspend data hold the answers given and the choice being
 * made, each answer becomes an interaction, and the score is the share of right answers in percent. A question may belong to a `topic`, which is an
 * objective of its own. With `goOn`, `goOn(passed, topics)` says what comes after the result, and the LMS decides about another try; otherwise the
 * quiz offers one itself.
 */
export function playQuiz({ key, questions, defaultMastery, goOn }) {
  const session = connect();
  const screen = document.querySelector("[data-screen]");
  const intro = document.querySelector("[data-intro]");
  const place = document.querySelector("[data-place]");
  const bar = document.querySelector("[data-bar]");
  const mastery = session.passingPercent(defaultMastery);
  let state = restore();
  let shownAt = Date.now();

  function restore() {
    const fresh = { try: 1, at: "intro", answers: {}, draft: [] };
    try {
      const kept = JSON.parse(session.data);
      return kept.quiz === key ? { ...fresh, ...kept } : fresh;
    } catch {
      return fresh;
    }
  }

  function keep() {
    session.place = state.at;
    session.data = JSON.stringify({ quiz: key, ...state });
    session.save();
  }

  function go(at) {
    state.at = at;
    state.draft = [];
    keep();
    show();
    screen.querySelector("h1")?.focus();
    window.scrollTo(0, 0);
  }

  function show() {
    shownAt = Date.now();
    const index = questions.findIndex((question) => question.id === state.at);
    const answered = questions.filter((question) => state.answers[question.id]).length;
    bar.style.width = `${(answered / questions.length) * 100}%`;
    place.textContent = index >= 0 ? `Question ${index + 1} of ${questions.length}` : "";
    intro.hidden = state.at !== "intro";
    screen.hidden = state.at === "intro";
    if (index >= 0) screen.replaceChildren(...questionScreen(questions[index], index));
    else if (state.at === "result") screen.replaceChildren(...resultScreen());
  }

  function questionScreen(question, index) {
    const answer = state.answers[question.id];
    const chosen = answer ? answer.chosen : state.draft;
    const many = question.right.length > 1;
    const options = (question.options ?? []).map(([value, label]) => {
      const input = element("input", {
        type: many ? "checkbox" : "radio",
        name: "answer",
        value,
        checked: chosen.includes(value),
        disabled: Boolean(answer),
        "data-testid": `quiz-option-${value}`,
      });
      const mark = answer ? markOf(question, value, chosen) : undefined;
      return element(
        "label",
        { class: "option", "data-locked": Boolean(answer), "data-mark": mark?.kind },
        input,
        element("span", {}, label),
        mark && element("span", { class: "mark" }, mark.word),
      );
    });
    const heading = element("h1", { class: "second", tabindex: "-1" }, question.text);
    const form = element(
      "form",
      { "data-testid": "quiz-question", "data-question": question.id, "data-number": String(index + 1) },
      element(
        "fieldset",
        {},
        element("legend", {}, heading),
        element("p", { class: "hint" }, hintFor(question, many)),
        ...(question.type === "numeric" ? [numberField(chosen[0], Boolean(answer))] : options),
      ),
    );
    const feedback = element("div", { role: "status" });
    const button = element(
      "button",
      { class: "forward", type: "submit", "data-testid": answer ? "quiz-next" : "quiz-check" },
      answer ? (index + 1 < questions.length ? "Next question" : "See my result") : "Check answer",
    );
    button.disabled = !answer && chosen.length === 0;
    form.append(feedback, element("div", { class: "actions" }, button));
    if (answer) feedback.append(feedbackFor(question, answer));
    form.addEventListener("input", () => {
      state.draft = [...form.querySelectorAll("input:checked, input[type=number]")]
        .map((input) => input.value)
        .filter((value) => value !== "");
      button.disabled = state.draft.length === 0;
      keep();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (state.answers[question.id]) go(questions[index + 1]?.id ?? finishQuiz());
      else check(question);
    });
    return [question.mail && mailCard(question.mail), form].filter(Boolean);
  }

  function check(question) {
    const chosen = [...state.draft].sort();
    const correct = chosen.join() === [...question.right].sort().join();
    recordInteraction(question, chosen, correct);
    state.answers[question.id] = { chosen, correct };
    state.draft = [];
    keep();
    show();
    screen.querySelector("[data-testid=quiz-next]").focus();
  }

  function recordInteraction(question, chosen, correct) {
    session.record({
      ...question,
      id: `${key}-${question.id}${state.try > 1 ? `-try${state.try}` : ""}`,
      chosen,
      correct,
      shownAt,
    });
  }

  function score(of = questions) {
    const right = of.filter((question) => state.answers[question.id]?.correct).length;
    return { right, percent: Math.round((right / of.length) * 100) };
  }

  /** Which topics are known well enough. */
  function topics() {
    const names = [...new Set(questions.map((question) => question.topic).filter(Boolean))];
    return names.map((topic) => {
      const { percent } = score(questions.filter((question) => question.topic === topic));
      return { topic, percent, passed: percent >= mastery };
    });
  }

  function finishQuiz() {
    const { percent } = score();
    session.report({ percent, passed: percent >= mastery, topics: topics() });
    return "result";
  }

  function resultScreen() {
    const { right, percent } = score();
    const passed = percent >= mastery;
    session.done = passed || Boolean(goOn);
    const list = questions.map((question) => {
      const correct = Boolean(state.answers[question.id]?.correct);
      return element(
        "li",
        { "data-result": correct ? "correct" : "wrong" },
        element("span", { class: "mark" }, correct ? "Right" : "Wrong"),
        element("span", {}, question.text),
      );
    });
    const retry = element("button", { type: "button", class: "quiet", "data-testid": "quiz-retry" }, "Try again");
    retry.addEventListener("click", () => {
      state = { try: state.try + 1, at: "intro", answers: {}, draft: [] };
      session.reopen();
      go(questions[0].id);
    });
    return [
      element(
        "div",
        { "data-testid": "quiz-result", "data-passed": String(passed) },
        element(
          "h1",
          { class: "second", tabindex: "-1" },
          passed ? "Well done \u2013 you passed." : "Not quite there yet.",
        ),
        element(
          "p",
          { class: "score", "data-testid": "quiz-score" },
          `${percent}%`,
          element("small", {}, ` ${right} of ${questions.length} right, ${mastery}% needed`),
        ),
        element("p", { "data-testid": "quiz-advice" }, adviceFor(passed)),
        element("ul", { class: "review" }, ...list),
        goOn ? goOnButton() : passed ? undefined : element("div", { class: "actions" }, retry),
      ),
    ];
  }

  function adviceFor(passed) {
    if (!session.connected) return "Your result was not kept, because no learning platform is listening.";
    if (goOn) return goOn(passed, topics());
    return passed ? "You can close this course now." : "Read the notes again and have another go.";
  }

  function goOnButton() {
    const button = element("button", { type: "button", class: "forward", "data-testid": "quiz-go-on" }, "Go on");
    button.addEventListener("click", () => {
      button.disabled = true;
      session.goOn();
    });
    return element("div", { class: "actions" }, button);
  }

  intro.querySelector("button").addEventListener("click", () => go(questions[0].id));
  show();
}

function hintFor(question, many) {
  if (question.type === "numeric") return "Write a number.";
  return many ? "Choose all that apply." : "Choose one answer.";
}

function numberField(value, locked) {
  return element("input", {
    type: "number",
    class: "number",
    inputmode: "numeric",
    "aria-label": "Your answer",
    value,
    disabled: locked,
    "data-testid": "quiz-number",
  });
}

function markOf(question, value, chosen) {
  if (question.right.includes(value))
    return { kind: "right", word: chosen.includes(value) ? "\u2713 Right" : "\u2713 Also right" };
  return chosen.includes(value) ? { kind: "wrong", word: "\u2717 Wrong" } : undefined;
}

function feedbackFor(question, answer) {
  const result = answer.correct ? "correct" : "wrong";
  return element(
    "div",
    { class: "feedback", "data-result": result, "data-testid": "quiz-feedback" },
    element("strong", {}, answer.correct ? "That's right." : "Not quite."),
    element("p", {}, question.why),
  );
}

function mailCard(mail) {
  const rows = [
    ["From", mail.from],
    ["To", mail.to],
    ["Subject", mail.subject],
  ].filter(([, value]) => value);
  return element(
    "figure",
    { class: "mail", "aria-label": mail.label ?? "An e-mail" },
    element("dl", {}, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
    element(
      "div",
      { class: "body" },
      ...mail.body.map((line) => element("p", {}, line)),
      mail.link && element("p", {}, element("span", { class: "link" }, mail.link)),
    ),
  );
}
