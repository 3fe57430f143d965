"use strict";
// What a click does: read the open book, ask the desk, show its answer in the book and the pane.

const ANSWER = "gouji_answer"; // in the storage that the add-in's pages share
const PANE = "gouji_pane";
const PANE_WIDTH = 420;
const NO_BOOK = "没有打开的填报工作簿。请先打开它,再点一次。";
const READ_ONLY = "这本工作簿是只读的,改了也存不下来。请先另存为一份,再按“改成引用”。";
const STILL_AT_IT = "上一次点击还没有做完,请等它做完再点。";
const NO_DESK =
  "勾稽没有在运行,或刚刚停了。请重新登录电脑,或在命令行运行 gouji addin install --wps;还不行,运行 gouji addin doctor 看原因。";
const NOT_READ =
  "没有做完:WPS 表格没有答应。有单元格正在编辑的,请按 Enter 或 Esc 结束编辑,关掉打开的对话框,再点一次;还不行,请按“诊断”,把那一页发给技术人员。";

/**
 * @typedef {object} Finding as `gouji check --json` writes it; the sheet is null where it has no cell
 * @property {string} severity error, warning or hint
 * @property {string | null} sheet
 * @property {string | null} cell
 * @property {string} label
 * @property {string} what
 * @property {string} todo
 * @property {string[]} causes
 * @property {Finding[]} consequences
 * @typedef {{label: string, action: string, answers: Object<string, string>}} Choice
 * @typedef {{sheet: string, cell: string, text: string, count: number}} NewText count of the quotes in it
 * @typedef {object} Answer
 * @property {string} status
 * @property {string[]} said
 * @property {{title: string, findings: Finding[]}[]} groups
 * @property {Look[]} marks
 * @property {ResultList | null} list
 * @property {NewText[]} texts
 * @property {Choice[]} choices
 * @property {string} opened
 * @property {"zh" | "en"} language of its findings
 * @typedef {object} Shown what the pane shows: an answer, for which click, about which book
 * @property {number} turn
 * @property {string} action
 * @property {string} book
 * @property {Answer} answer
 * @property {boolean} is_waiting
 */

let isAtIt = false;
let about = ""; // the full name of the book that the click is about, whichever comes to the front
let turn = 0;

/**
 * Do what a button says, or what was chosen in the pane; whatever fails is said.
 * @param {string} action
 * @param {Object<string, string>} [answers] what was chosen in the pane so far
 * @returns {Promise<void>}
 */
async function run(action, answers) {
  if (isAtIt) {
    sayBelow(STILL_AT_IT);
    return;
  }
  isAtIt = true;
  try {
    await act(action, answers || {});
  } catch (error) {
    show(action, answerOf({ said: [NOT_READ] }));
    tellFailure(action, error);
  } finally {
    isAtIt = false;
  }
}

/**
 * @param {string} action
 * @param {Object<string, string>} answers
 */
async function act(action, answers) {
  const book = window.Application.ActiveWorkbook;
  about = book ? String(book.FullName) : "";
  if (LAYOUT.cannot[action]) {
    show(action, answerOf({ said: [LAYOUT.cannot[action]] }));
  } else if (!book && !LAYOUT.without_book.includes(action)) {
    show(action, answerOf({ said: [NO_BOOK] }));
  } else if (book && action === "clear_marks") {
    const count = clearMarks(book);
    const language = spokenIn(book);
    const status = count ? said(language, "cleared", { count }) : said(language, "no_marks");
    show(action, answerOf({ status }));
  } else if (book && action === "next_finding") {
    goToNext(book);
  } else if (book && action === "write_quotes") {
    writeQuotes(book);
  } else if (action === "leave_quotes") {
    show("quote_figures", answerOf({ status: "没有改动。" }));
  } else {
    await askAndShow(action, book, answers);
  }
}

/**
 * @param {string} action
 * @param {WpsBook | null} book
 * @param {Object<string, string>} answers
 */
async function askAndShow(action, book, answers) {
  const label = LAYOUT.labels[action] || "勾稽";
  show(action, answerOf({ status: `正在${label}……` }), true);
  const isAboutBook = book && !LAYOUT.without_book.includes(action);
  const answer = await ask(action, {
    near: about,
    answers,
    book: isAboutBook ? readBook(book) : null,
  });
  if (book && answer.list) {
    const unmarked = markedOrWhy(book, answer.marks, answer.list);
    const sentence = said(answer.list.language, "sentence", { what: unmarked });
    answer.said = unmarked ? [sentence, ...answer.said] : answer.said;
  }
  if (answer.opened) {
    openBook(answer);
  }
  show(action, answer);
}

/**
 * Open a workbook that the desk has made.
 * @param {Answer} answer
 */
function openBook(answer) {
  try {
    window.Application.Workbooks.Open(answer.opened);
  } catch (error) {
    answer.said = [...answer.said, "它没能在 WPS 表格里打开,请自己打开。"];
  }
}

/**
 * Mark the book; the sentence that says why it could not be, or "". What was found is shown in the
 * pane whatever becomes of the marks.
 * @param {WpsBook} book
 * @param {Look[]} marks
 * @param {ResultList} list
 */
function markedOrWhy(book, marks, list) {
  try {
    const why = showMarks(book, marks, list);
    return why || (marks.length && book.ReadOnly ? said(list.language, "not_kept") : "");
  } catch (error) {
    tellFailure("marks", error);
    return said(list.language, "not_marked");
  }
}

/**
 * What the desk answers; a desk that is not there or refuses is a sentence, too.
 * @param {string} action
 * @param {object} body
 * @returns {Promise<Answer>}
 */
async function ask(action, body) {
  try {
    const reply = await post(`ask/${action}`, JSON.stringify(body));
    if (reply.ok) {
      return answerOf(await reply.json());
    }
    const refusal = await reply.json();
    return answerOf({ said: [refusal.detail || NO_DESK] });
  } catch (error) {
    return answerOf({ said: [NO_DESK] });
  }
}

/**
 * @param {string} address
 * @param {string} body
 */
function post(address, body) {
  return fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

/**
 * An answer with what it does not say left blank.
 * @param {Partial<Answer>} told
 * @returns {Answer}
 */
function answerOf(told) {
  /** @type {Answer} */
  const blank = { status: "", said: [], groups: [], marks: [], list: null, texts: [], choices: [], opened: "", language: "zh" };
  return { ...blank, ...told };
}

/**
 * Write down what has failed, for who looks after the computer; nothing depends on it.
 * @param {string} action
 * @param {unknown} error
 */
function tellFailure(action, error) {
  const told = error instanceof Error ? `${error.name} ${action}\n${error.stack || ""}` : action;
  post("failure", told).catch(() => undefined);
}

/**
 * Show an answer in the pane, and its first words in the status bar.
 * @param {string} action
 * @param {Answer} answer
 * @param {boolean} [isWaiting]
 */
function show(action, answer, isWaiting) {
  turn += 1;
  /** @type {Shown} */
  const shown = {
    turn: Date.now() * 100 + (turn % 100),
    action,
    book: about,
    answer: { ...answer, marks: [], list: null },
    is_waiting: Boolean(isWaiting),
  };
  const before = lastShown();
  if (action === "next_finding" && before && before.book === about) {
    shown.answer.groups = before.answer.groups;
  }
  window.Application.PluginStorage.setItem(ANSWER, JSON.stringify(shown));
  sayBelow(answer.status || (answer.said[0] || "").split("\n")[0]);
  if (answer.said.length || answer.groups.length || answer.choices.length) {
    openPane();
  }
}

/** @returns {Shown | null} */
function lastShown() {
  const text = window.Application.PluginStorage.getItem(ANSWER);
  return text ? JSON.parse(text) : null;
}

/**
 * Write into the status bar, where WPS lets us: nothing depends on it.
 * @param {string} text
 */
function sayBelow(text) {
  try {
    window.Application.StatusBar = text || false;
  } catch (error) {
    // the pane says the same
  }
}

/** Bring the task pane into sight, a new one where the last is gone. */
function openPane() {
  const program = window.Application;
  const known = Number(program.PluginStorage.getItem(PANE));
  let pane = null;
  try {
    pane = known ? program.GetTaskPane(known) : null;
  } catch (error) {
    pane = null;
  }
  if (!pane) {
    pane = program.CreateTaskPane(new URL("pane.html", window.location.href).href, "勾稽");
    program.PluginStorage.setItem(PANE, String(pane.ID));
    pane.Width = PANE_WIDTH;
  }
  pane.Visible = true;
}

/**
 * Go to the next cell of the list, to the first one after the last.
 * @param {WpsBook} book
 */
function goToNext(book) {
  const shown = lastShown();
  const groups = shown && shown.book === String(book.FullName) ? shown.answer.groups : [];
  /** @type {{sheet: string, cell: string}[]} */
  const told = [];
  groups.forEach((group) => told.push(...placesOf(group.findings)));
  const cells = (listed(book) || told).filter((one) => isShown(book, one.sheet));
  const language = spokenIn(book);
  if (cells.length === 0) {
    show("next_finding", answerOf({ said: [said(language, "nothing_to_visit")] }));
    return;
  }
  const active = window.Application.ActiveCell;
  const cell = active ? addressOf([active.Column, active.Row, active.Column, active.Row]) : "";
  const here = spotOf({ sheet: book.ActiveSheet.Name, cell });
  const number = (cells.findIndex((one) => spotOf(one) === here) + 1) % cells.length;
  const next = cells[number];
  goTo(book, next.sheet, next.cell);
  const comment = sheetRange(book, next.sheet, next.cell).Comment;
  const words = comment ? String(comment.Text()).split("\n")[0] : spotOf(next);
  const where = { number: number + 1, count: cells.length, words };
  show("next_finding", answerOf({ status: said(language, "visited", where) }));
}

/**
 * The cells that findings are about, what follows from them included.
 * @param {Finding[]} findings
 * @returns {{sheet: string, cell: string}[]}
 */
function placesOf(findings) {
  /** @type {{sheet: string, cell: string}[]} */
  const found = [];
  for (const one of findings) {
    if (one.sheet && one.cell) {
      found.push({ sheet: one.sheet, cell: one.cell });
    }
    found.push(...placesOf(one.consequences));
  }
  return found;
}

/**
 * @param {WpsBook} book
 * @param {string} name
 */
function isShown(book, name) {
  const sheet = sheetOf(book, name);
  return sheet !== null && isVisible(sheet);
}

/**
 * @param {WpsBook} book
 * @param {string} sheet
 * @param {string} cell
 */
function sheetRange(book, sheet, cell) {
  return book.Worksheets.Item(sheet).Range(cell);
}

/**
 * @param {WpsBook} book
 * @param {string} sheet
 * @param {string} cell
 */
function goTo(book, sheet, cell) {
  book.Worksheets.Item(sheet).Activate();
  sheetRange(book, sheet, cell).Select();
}

/**
 * Write the texts with quotes that the clerk was shown; formulas stay, and what a password locks.
 * @param {WpsBook} book
 */
function writeQuotes(book) {
  if (book.ReadOnly) {
    show("quote_figures", answerOf({ said: [READ_ONLY] }));
    return;
  }
  const shown = lastShown();
  const texts = shown && shown.book === String(book.FullName) ? shown.answer.texts : [];
  const written = texts.filter((one) => {
    const sheet = sheetOf(book, one.sheet);
    const cell = sheet && sheet.Range(one.cell);
    if (!sheet || !cell || String(cell.Formula || "").startsWith("=")) {
      return false;
    }
    return unlocked(sheet, () => {
      cell.Value2 = one.text;
    });
  });
  const done = figuresIn(written);
  const left = figuresIn(texts) - done;
  const told = `已把 ${done} 个数改成引用。再按一次“校验”,看到的就是改过的。`;
  const more = `有 ${left} 个数没有改:那几格是公式,或工作表设有密码保护。`;
  const said = left ? [told, more] : [told];
  show("quote_figures", answerOf({ status: told, said }));
}

/** @param {NewText[]} texts */
function figuresIn(texts) {
  return texts.reduce((sum, one) => sum + one.count, 0);
}
