"use strict";
// The task pane: what the last click found, each line leading to its cell.

const EVERY = 250; // milliseconds between two looks at what the ribbon's page has written down
const WELCOME = "打开填报工作簿,按功能区里的“校验”。对不上的单元格会标出来,问题列在这里。";
const GONE = "那本工作簿已经关闭,或换了名字。请打开它,再按一次“校验”。";

let drawn = 0;

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
  part("said").replaceChildren(...answer.said.map((text) => element("p", "said", text)));
  part("choices").replaceChildren(...answer.choices.map(choiceOf));
  part("groups").replaceChildren(...answer.groups.map((group) => groupOf(group, shown.book)));
}

/** @param {Choice} choice */
function choiceOf(choice) {
  const button = element("button", "choice", choice.label);
  button.addEventListener("click", () => run(choice.action, choice.asked));
  return button;
}

/**
 * @param {{title: string, findings: FoundLine[]}} group
 * @param {string} book
 */
function groupOf(group, book) {
  const section = element("section", "group", "");
  const list = element("ul", "", "");
  list.append(...group.findings.map((one) => lineOf(one, book)));
  section.append(element("h2", "", group.title), list);
  return section;
}

/**
 * @param {FoundLine} line
 * @param {string} book
 */
function lineOf(line, book) {
  const item = element("li", line.follows ? "follows" : "", "");
  const isPlaced = line.sheet !== "";
  const box = element(isPlaced ? "button" : "div", `finding ${line.severity}`, "");
  const head = element("div", "head", "");
  head.append(element("span", "severity", line.word));
  if (isPlaced) {
    head.append(element("span", "place", `${line.sheet}!${line.cell}`));
    box.addEventListener("click", () => leadTo(book, line.sheet, line.cell));
  }
  head.append(element("strong", "", line.label));
  box.append(head, element("p", "what", `${line.what}。`));
  box.append(...line.causes.map((cause) => element("p", "cause", `可能:${cause}。`)));
  box.append(element("p", "todo", `${line.todo}。`));
  item.append(box);
  return item;
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
    part("status").textContent = isGone ? GONE : `去不了 ${sheet}!${cell}:这张表可能隐藏着。`;
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
