import { questions } from "./questions.js";
import { playQuiz } from "./shared/quiz.js";

playQuiz({ key: "phishing", questions, defaultMastery: 80 });
