// The clerk's own desk. It only shows what it hears and says what is pressed; what is true stands
// in the service, so that a page that is opened anew, or a second one, shows the same.

import { byId, make, post } from "./look.js";

const NAMES = {
  validate: "校验",
  make_report: "生成报告",
  refresh_report: "更新报告",
  check_report: "核对报告",
};
const MOST_PARTS = 12;
const OLD = "这以后工作簿又存过盘,上面的文件还是以前的数。要换新,请按“更新报告”,或重新“生成报告”。";

// What is shown now, to know what a piece of news changes.
let book = { state: "none" };
let isChoosing = false;
let hasFindings = false; // of this workbook, were it of a save before

// News.

const news = new EventSource("events");
news.addEventListener("open", () => show("lost", false));
news.addEventListener("error", () => show("lost", true));
for (const [topic, tell] of Object.entries({ book: tellBook, findings: tellFindings, pages: tellPages, act: tellAct })) {
  news.addEventListener(topic, (event) => tell(JSON.parse(event.data)));
}

// Which workbook.

function tellBook(told) {
  book = told;
  if (told.state === "none") openChooser();
  else if (told.state === "reading") isChoosing = false;
  arrange();
  byId("name").textContent = told.name ?? "";
  byId("name").title = told.folder ?? "";
  byId("saved").textContent = told.saved ? `${told.saved} 存盘` : "";
  document.title = told.name ? `${told.name} - 勾稽填报台` : "勾稽填报台";
  byId("trouble").textContent = told.words ?? "";
  show("trouble", told.state === "trouble");
  arrangeFindings();
  byId("findings").classList.toggle("is-stale", told.state === "trouble");
  byId("sheets").classList.toggle("is-stale", told.state === "trouble");
}

function arrange() {
  show("choose", isChoosing);
  show("desk", !isChoosing && book.state !== "none");
  show("book", book.state !== "none");
  show("change", book.state !== "none");
  byId("change").textContent = isChoosing ? "返回" : "换一本";
}

/** Where a file cannot be read, what was found before is told to be that; else nothing is. */
function arrangeFindings() {
  const isTrouble = book.state === "trouble";
  show("stale", isTrouble && hasFindings);
  show("found", !isTrouble || hasFindings);
}

async function openChooser() {
  isChoosing = true;
  arrange();
  show("choose-fault", false);
  let found = [];
  try {
    found = await (await fetch("nearby")).json();
  } catch {
    // The line at the bottom says already that nobody answers.
  }
  byId("nearby").replaceChildren(
    ...found.map((one) => {
      const button = make("button", { type: "button" }, make("strong", {}, one.name), make("span", { class: "small faint" }, one.folder));
      button.addEventListener("click", () => choose(one.path));
      return make("li", {}, button);
    }),
  );
  show("nearby-none", found.length === 0);
  if (isChoosing) (byId("nearby").querySelector("button") ?? byId("path")).focus();
}

async function choose(path) {
  show("choose-fault", false);
  try {
    await post("open", { path });
    isChoosing = false;
    arrange();
  } catch (error) {
    byId("choose-fault").textContent = error.message;
    show("choose-fault", true);
  }
}

byId("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  choose(byId("path").value);
});
byId("change").addEventListener("click", () => {
  if (!isChoosing) openChooser();
  else {
    isChoosing = false;
    arrange();
  }
});

// Findings.

function tellFindings(told) {
  hasFindings = Boolean(told);
  arrangeFindings();
  byId("summary").textContent = told ? `${told.summary}。` : "正在读工作簿……";
  const findings = told?.findings ?? [];
  tellProgress(told);
  tellMended(told?.mended ?? []);
  show("keys", findings.length > 1);
  const held = document.activeElement?.closest?.(".finding")?.dataset.key;
  byId("findings").replaceChildren(...findings.map(findingItem));
  if (told && !findings.length) {
    byId("findings").append(make("li", { class: "message good all-well" }, "没有要改的,可以生成报告了。"));
  }
  const again = items().find((one) => one.dataset.key === held);
  if (again) again.focus({ preventScroll: true });
  byId("unchecked").textContent = told?.unchecked
    ? `还有 ${told.unchecked} 条规则没有核对:涉及的单元格还没有填,或读不出数。`
    : "";
  show("unchecked", Boolean(told?.unchecked));
}

function tellProgress(told) {
  const bar = byId("progress");
  const isKnown = Boolean(told && told.wanted);
  byId("filled").textContent = isKnown ? `必填 ${told.wanted} 格,已填 ${told.filled} 格` : "";
  bar.hidden = !isKnown;
  if (!isKnown) return;
  bar.setAttribute("aria-valuemax", told.wanted);
  bar.setAttribute("aria-valuenow", told.filled);
  bar.firstElementChild.style.width = `${(100 * told.filled) / told.wanted}%`;
}

function tellMended(mended) {
  const box = byId("mended");
  box.hidden = mended.length === 0;
  box.querySelector("summary").textContent = `上次存盘以后改好了 ${mended.length} 处`;
  box.querySelector("ul").replaceChildren(...mended.map((words) => make("li", {}, words)));
}

function findingItem(one, number) {
  const key = `${one.code} ${one.rule} ${one.sheet} ${one.cell}`;
  return make(
    "li",
    { class: `finding is-${one.severity}`, tabindex: number ? "-1" : "0", "data-key": key },
    make(
      "h3",
      {},
      make("span", { class: `mark ${one.severity}` }, one.word),
      place(one),
      one.label ? make("span", {}, one.label) : null,
    ),
    make("p", {}, `${one.what}。`),
    values(one),
    ...one.causes.map((cause) => make("p", { class: "cause" }, `可能:${cause}。`)),
    make("p", {}, `怎么办:${one.todo}。`),
    parts(one.parts),
    below(one.consequences),
    one.source ? make("p", { class: "small faint" }, `依据:${one.source}`) : null,
  );
}

function place(one) {
  return one.cell ? make("span", { class: "place" }, `${one.sheet}!${one.cell}`) : null;
}

/** What stands in the cell, what should, and by how much they differ. */
function values(one) {
  const isBlank = one.code.startsWith("required") || one.code === "above-blank";
  const pairs = [
    ["现在", one.found || (isBlank && one.cell ? "空" : ""), ""],
    ["应为", one.expected, "expected"],
    ["差", one.expected ? (one.difference ?? "") : "", ""],
  ].filter(([, value]) => value !== "");
  if (!pairs.length) return null;
  return make(
    "dl",
    { class: "values" },
    ...pairs.map(([name, value, kind]) => make("div", {}, make("dt", {}, name), make("dd", { class: kind }, value))),
  );
}

function parts(all) {
  if (!all.length) return null;
  const rows = all.slice(0, MOST_PARTS).map((one) =>
    make("tr", {}, make("td", {}, place(one)), make("td", {}, one.label), make("td", { class: "number" }, one.value ?? "空")),
  );
  const more = all.length > MOST_PARTS ? make("p", { class: "small faint" }, `……共 ${all.length} 个数`) : null;
  return make("details", {}, make("summary", { class: "small" }, `涉及的 ${all.length} 个单元格`), make("table", { class: "parts" }, make("tbody", {}, ...rows)), more);
}

function below(consequences) {
  if (!consequences.length) return null;
  const lines = consequences.map((one) => make("li", {}, one.message));
  return make("details", {}, make("summary", { class: "small" }, `改好后,另外 ${lines.length} 条随之消失`), make("ul", { class: "below small" }, ...lines));
}

// Keys.

function items() {
  return [...document.querySelectorAll(".finding")];
}

function step(by) {
  const all = items();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement?.closest?.(".finding"));
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1);
  for (const one of all) one.tabIndex = -1;
  all[next].tabIndex = 0;
  all[next].focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, dialog, .sheets");
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey || isChoosing) return;
  const by = { j: 1, J: 1, ArrowDown: 1, k: -1, K: -1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(by);
});

// The report's pages.

const STATES = { making: "正在排版……", pages: "", plain: "", none: "" };

function tellPages(told) {
  byId("pages-state").textContent = told.state === "pages" ? `共 ${told.count} 页` : STATES[told.state];
  if (told.state === "making") return; // the older pages stay until the newer are there
  byId("pages-words").textContent = told.words;
  show("pages-words", Boolean(told.words));
  const sheets = byId("sheets");
  sheets.classList.toggle("is-plain", told.state === "plain");
  if (told.state === "pages") showPages(sheets, told);
  else if (told.state === "plain") sheets.replaceChildren(...told.blocks.map(block));
  else sheets.replaceChildren(make("p", { class: "empty" }, "工作簿能读出来以后,这里是报告印出来的样子。"));
}

/** Put the new pages in place of the older ones, one by one, so that nobody is moved elsewhere. */
function showPages(sheets, { edition, count }) {
  const older = [...sheets.querySelectorAll("img")];
  if (!older.length) sheets.replaceChildren();
  for (const one of older.slice(count)) one.remove();
  for (let number = 0; number < count; number += 1) {
    const picture = older[number] ?? make("img", { loading: "lazy" });
    picture.alt = `报告第 ${number + 1} 页`;
    picture.src = `sheets/${edition}/${number}.png`;
    if (!older[number]) sheets.append(picture);
  }
}

byId("sheets").addEventListener(
  "load",
  ({ target }) => {
    target.style.aspectRatio = "auto"; // a landscape page is as high as it is
  },
  true,
);

function block(one) {
  if (!one.rows) return make("p", { class: one.centred ? "centred" : "" }, one.text);
  const rows = one.rows.map((cells) =>
    make("tr", {}, ...cells.map((cell) => make("td", { colspan: cell.across, rowspan: cell.down }, cell.text))),
  );
  return make("table", {}, make("tbody", {}, ...rows));
}

// Buttons, what they say, and what they ask.

for (const name of Object.keys(NAMES)) {
  byId(name).addEventListener("click", async () => {
    try {
      await post(`press/${name}`);
    } catch (error) {
      tellAct({ name, is_running: false, status: "", said: [error.message], files: [], question: null, is_old: false });
    }
  });
}

function tellAct(told) {
  const box = byId("act");
  box.hidden = !told;
  const isRunning = Boolean(told?.is_running);
  for (const name of Object.keys(NAMES)) byId(name).disabled = isRunning;
  ask(told?.question ?? null);
  if (!told) return;
  const close = make("button", { type: "button", "aria-label": "收起这一条", hidden: isRunning }, "×");
  close.addEventListener("click", () => show("act", false));
  box.replaceChildren(
    make("div", { class: "head-line" }, make("h2", {}, NAMES[told.name] ?? ""), close),
    told.status ? make("p", {}, told.status) : "",
    ...told.said.map((words) => make("p", {}, words)),
    ...told.files.map(fileLine),
    told.is_old && told.files.length ? make("p", { class: "old" }, OLD) : "",
  );
}

function fileLine(file) {
  const open = make("button", { type: "button", class: "first" }, "打开");
  open.addEventListener("click", async () => {
    try {
      await post(`files/${file.id}/open`);
    } catch (error) {
      open.replaceWith(make("span", { class: "error" }, error.message));
    }
  });
  const fetched = make("a", { class: "button", href: `files/${file.id}`, download: file.name }, "下载");
  return make("div", { class: "files" }, make("strong", {}, file.name), open, fetched);
}

function ask(question) {
  const dialog = byId("question");
  if (!question) {
    if (dialog.open) dialog.close();
    return;
  }
  if (dialog.open && dialog.dataset.id === question.id) return;
  dialog.dataset.id = question.id;
  // What is asked stands behind what is listed, and stays to be seen however long that is.
  const [, listed, asked] = /^([^]*)\n\n([^]*)$/.exec(question.text) ?? [null, question.text, ""];
  byId("question-text").textContent = listed;
  byId("question-ask").textContent = asked;
  show("question-ask", Boolean(asked));
  const choices = byId("choices");
  choices.classList.toggle("many", question.choices.length > 2);
  choices.replaceChildren(
    ...question.choices.map((choice, number) => {
      const button = make("button", { type: "button", class: number ? "" : "first", autofocus: !number }, choice);
      button.addEventListener("click", () => give(question.id, choice));
      return button;
    }),
  );
  // Escape is the last choice, which is no.
  dialog.oncancel = (event) => {
    event.preventDefault();
    give(question.id, question.choices.at(-1));
  };
  if (!dialog.open) dialog.showModal();
  byId("question-text").scrollTop = 0;
}

async function give(question, choice) {
  try {
    await post("answer", { question, choice });
  } catch {
    // It was answered on another page, or is over: the news says what came of it.
    byId("question").close();
  }
}

function show(id, isShown) {
  byId(id).hidden = !isShown;
}
