"use strict";
// The task pane: what the last click found, each line leading to its cell.

const EVERY = 250; // milliseconds between two looks at what the ribbon's page has written down
const WELCOME = "打开填报工作簿,按功能区里的“校验”。对不上的单元格会标出来,问题列在这里。";
const ANOTHER = "现在前面是另一本工作簿。请回到刚才那一本,再点。";
const GONE = "那本工作簿已经关闭,或换了名字。请打开它,再按一次“校验”。";

let drawn = 0;
/** @type {"zh" | "en"} that of the findings that are drawn */
let language = "zh";

/** Draw the last answer, where it is another than the one that is drawn. */
function follow() {
  const shown = lastShown();
  if (shown && shown.turn !== drawn) {
    drawn = shown.turn;
    draw(shown);
  }
}

/** @param {Shown} shown */
function draw(shown) {
  const { answer } = shown;
  part("title").textContent = LAYOUT.labels[shown.action] || "勾稽";
  part("status").textContent = answer.status;
  document.body.classList.toggle("waiting", shown.is_waiting);
  fill("said", answer.said.map((text) => element("p", "said", text)));
  fill("choices", answer.choices.map((one) => choiceOf(one, shown.book)));
  language = answer.language;
  fill("groups", answer.groups.map((group) => groupOf(group, shown.book)));
}

/**
 * @param {string} id
 * @param {HTMLElement[]} inside
 */
function fill(id, inside) {
  part(id).textContent = "";
  part(id).append(...inside);
}

/**
 * A choice; it holds for the book that was asked about, and for no other that has come to the front.
 * @param {Choice} choice
 * @param {string} book
 */
function choiceOf(choice, book) {
  const button = element("button", "choice", choice.label);
  button.addEventListener("click", () => {
    const front = window.Application.ActiveWorkbook;
    const isSame = (front ? String(front.FullName) : "") === book;
    if (isSame || LAYOUT.without_book.includes(choice.action)) {
      run(choice.action, choice.answers);
    } else {
      part("status").textContent = ANOTHER;
    }
  });
  return button;
}

/**
 * @param {{title: string, findings: Finding[]}} group
 * @param {string} book
 */
function groupOf(group, book) {
  const section = element("section", "group", "");
  section.append(element("h2", "", group.title), listOf(group.findings, book));
  return section;
}

/**
 * The findings, under each what follows of it.
 * @param {Finding[]} findings
 * @param {string} book
 * @returns {HTMLElement}
 */
function listOf(findings, book) {
  const list = element("ul", "", "");
  for (const one of findings) {
    const item = element("li", "", "");
    item.append(boxOf(one, book));
    if (one.consequences.length) {
      item.append(element("p", "then", said(language, "then")), listOf(one.consequences, book));
    }
    list.append(item);
  }
  return list;
}

/**
 * A finding; where it has a cell, a button that leads there.
 * @param {Finding} one
 * @param {string} book
 */
function boxOf(one, book) {
  const { sheet, cell } = one;
  const box = element(sheet ? "button" : "div", `finding ${one.severity}`, "");
  const head = element("div", "head", "");
  head.append(element("span", "severity", LAYOUT.words[language][one.severity]));
  if (sheet && cell) {
    head.append(element("span", "place", `${sheet}!${cell}`));
    box.addEventListener("click", () => leadTo(book, sheet, cell));
  }
  head.append(element("strong", "", one.label));
  box.append(head, element("p", "what", said(language, "sentence", { what: one.what })));
  const causes = one.causes.map((cause) => said(language, "possibly", { cause }));
  box.append(...causes.map((cause) => element("p", "cause", cause)));
  box.append(element("p", "todo", said(language, "sentence", { what: one.todo })));
  return box;
}

/**
 * Go to a cell of the book that was checked, whichever is in front now.
 * @param {string} name
 * @param {string} sheet
 * @param {string} cell
 */
function leadTo(name, sheet, cell) {
  const open = membersOf(window.Application.Workbooks);
  const book = open.find((one) => String(one.FullName) === name);
  try {
    if (!book || !sheetOf(book, sheet)) {
      throw new Error(GONE);
    }
    book.Activate();
    goTo(book, sheet, cell);
    part("status").textContent = `${sheet}!${cell}`;
  } catch (error) {
    const isGone = error instanceof Error && error.message === GONE;
    const place = `${sheet}!${cell}`;
    part("status").textContent = isGone ? GONE : said(language, "cannot_go", { place });
  }
}

/** @param {string} id */
function part(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * @param {string} name
 * @param {string} kind its class
 * @param {string} text
 */
function element(name, kind, text) {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

part("said").append(element("p", "said", WELCOME));
follow();
setInterval(follow, EVERY);
