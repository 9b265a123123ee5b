/** The questions of the final test in their order; `right` holds the letters of all right answers. */
export const questions = [
  {
    id: "personal",
    type: "choice",
    text: "Which of these are personal data?",
    options: [
      ["a", "A customer number that one table links with a name"],
      ["b", "The opening hours of a shop"],
      ["c", "The recording of a phone call"],
      ["d", "The number plate of a private car"],
    ],
    right: ["a", "c", "d"],
    why: "All that can be traced to one person counts, by a detour too. Opening hours say nothing about anybody.",
  },
  {
    id: "pseudonym",
    type: "true-false",
    text: "True or false: once names have been replaced by numbers, data protection no longer applies.",
    options: [
      ["t", "True"],
      ["f", "False"],
    ],
    right: ["f"],
    why: "As long as somebody can turn the numbers back into names, the data are pseudonymous, and still personal.",
  },
  {
    id: "purpose",
    type: "choice",
    text: "Sales would like to have the visitors' list of the front desk, to send invitations. What do you say?",
    options: [
      ["a", "Yes, because it stays inside the company."],
      ["b", "Yes, if only the e-mail addresses are used."],
      ["c", "No, because the list was made for another purpose."],
      ["d", "Only if the visitors' companies are customers."],
    ],
    right: ["c"],
    why: "Data are used for what they were given for. Who wants more has to ask the people first.",
  },
  {
    id: "bcc",
    type: "choice",
    text: "You write to forty people outside who do not know each other. Where do their addresses go?",
    options: [
      ["a", "To"],
      ["b", "Cc"],
      ["c", "Bcc"],
      ["d", "That makes no difference."],
    ],
    right: ["c"],
    why: "In To and Cc everybody sees everybody's address, and that is a breach as soon as one of them did not want it.",
  },
  {
    id: "breach",
    type: "choice",
    text: "You notice on a Saturday that you sent a list of salaries to the wrong person. What do you do first?",
    options: [
      ["a", "Wait until Monday and tell your manager."],
      ["b", "Ask the recipient to delete it, and report it right away."],
      ["c", "Delete the sent message so that no trace is left."],
      ["d", "Nothing, if the recipient is a colleague."],
    ],
    right: ["b"],
    why: "Limit the damage and report at once: the 72 hours run on weekends too. The sent message is evidence that others need.",
  },
];
