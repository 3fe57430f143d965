"use strict";
// Findings shown in the open book: coloured cells with notes, and the sheet that lists them.
//
// What a cell looked like before is kept in hidden columns of that sheet, the same as in Excel's
// add-in, so that it comes back even if the book was saved, closed and opened again in between,
// there too. It is written down before the first cell is coloured.

const NO_COLOUR = -4142; // xlColorIndexNone
const TOP = -4160; // xlVAlignTop
const LONGEST = 240; // letters of an address of many cells
const LINE = "———"; // between what is said of a cell and its own note
const SEVERAL_COLOURS = [null, undefined, 0, 0xffffff]; // may be told of cells that differ

/**
 * @typedef {{sheet: string, cell: string, colour: string, note: string}} Look colour `#FFC7CE` or ""
 * @typedef {object} ResultList the sheet of findings, as the desk has written it
 * @property {(string | null)[][]} rows
 * @property {number[]} bands rows that are a group's heading
 * @property {{rows: number[], fill: string, ink: string}[]} tints
 * @property {"zh" | "en"} language of the book
 * @property {string[]} marked the formulas that tell the book's own colours what is marked
 */

/**
 * Why the book takes no list, without which nothing may be marked; "" where it takes one.
 * @param {WpsBook} book
 */
function whyUnmarked(book) {
  const language = spokenIn(book);
  const sheet = sheetOf(book, LAYOUT.sheets[language]);
  const place = said(language, "in_book", { sheet: LAYOUT.sheets[language] });
  if (sheet && !listed(book)) {
    return said(language, "name_taken", { place });
  }
  if (!sheet && book.ProtectStructure) {
    return said(language, "structure_locked", { place });
  }
  return "";
}

/**
 * The language of the book's form, by the name of its list of marked cells; Chinese where it has none.
 * @param {WpsBook} book
 * @returns {"zh" | "en"}
 */
function spokenIn(book) {
  const names = namesOf(book);
  return names[LAYOUT.marked[1]] && !names[LAYOUT.marked[0]] ? "en" : "zh";
}

/**
 * A text of the catalogue in a language, its words filled in.
 * @param {"zh" | "en"} language
 * @param {string} name
 * @param {Object<string, string | number>} [words]
 */
function said(language, name, words) {
  const text = LAYOUT.said[language][name];
  return text.replace(/\{(\w+)\}/g, (_, word) => String((words || {})[word]));
}

/**
 * Mark the cells and list the findings, in place of what was shown before; the sentence that says
 * what was not marked, or "".
 * @param {WpsBook} book
 * @param {Look[]} marks
 * @param {ResultList} list
 */
function showMarks(book, marks, list) {
  const why = whyUnmarked(book);
  if (why) {
    return why;
  }
  if (marks.length === 0 && list.rows.length === 0) {
    clearMarks(book);
    return "";
  }
  return quietly(() => changeMarks(book, marks, list));
}

/**
 * @param {WpsBook} book
 * @param {Look[]} marks
 * @param {ResultList} list
 */
function changeMarks(book, marks, list) {
  const wanted = marks.filter((one) => sheetOf(book, one.sheet));
  const kept = new Map((listed(book) || []).map((one) => [spotOf(one), one]));
  const now = looksOf(book, [...wanted, ...kept.values()]);
  const before = wanted.map((one) => kept.get(spotOf(one)) || lookIn(now, one));
  const marked = new Set(wanted.map(spotOf));
  dress(book, [...kept.values()].filter((one) => !marked.has(spotOf(one))), now);
  writeList(book, list, before);
  tellMarked(book, list.marked);
  const refused = dress(
    book,
    wanted.map((one, index) => withNote(one, before[index])),
    now
  );
  const sheets = refused.join(said(list.language, "list_mark"));
  return refused.length ? said(list.language, "locked_sheets", { sheets }) : "";
}

/**
 * How many cells look again as they did before they were marked; the list is gone.
 * @param {WpsBook} book
 */
function clearMarks(book) {
  const kept = listed(book);
  if (!kept) {
    return 0;
  }
  return quietly(() => {
    tellMarked(book, []);
    const refused = dress(book, kept, looksOf(book, kept));
    removeList(book);
    return kept.filter((one) => !refused.includes(`“${one.sheet}”`)).length;
  });
}

/**
 * How each cell of the list in the book looked before it was marked, in the order of the findings;
 * null where there is no list, or one that is not of our making.
 * @param {WpsBook} book
 * @returns {Look[] | null}
 */
function listed(book) {
  const language = spokenIn(book);
  const sheet = sheetOf(book, LAYOUT.sheets[language]);
  if (!sheet) {
    return null;
  }
  const heads = LAYOUT.before[language];
  const bottom = Math.max(areaOf(sheet.UsedRange)[3], LAYOUT.head_row);
  const left = LAYOUT.before_column;
  /** @type {Area} */
  const area = [left, LAYOUT.head_row, left + heads.length - 1, bottom];
  const [head, ...rows] = rowsOf(sheet.Range(addressOf(area)).Value2, area);
  if (head.some((text, index) => text !== heads[index])) {
    return null;
  }
  const texts = rows.map((row) => row.map((text) => (isBlank(text) ? "" : String(text))));
  return texts
    .map(([name, cell, colour, note]) => ({ sheet: name, cell, colour, note }))
    .filter((one) => one.cell && sheetOf(book, one.sheet));
}

/**
 * Do something while WPS neither draws nor answers events.
 * @template T
 * @param {() => T} change
 * @returns {T}
 */
function quietly(change) {
  const program = window.Application;
  const events = program.EnableEvents;
  program.ScreenUpdating = false;
  program.EnableEvents = false;
  try {
    return change();
  } finally {
    program.EnableEvents = events;
    program.ScreenUpdating = true;
  }
}

/**
 * The sheet of that name; asked for by it, and not by looking through all of them.
 * @param {WpsBook} book
 * @param {string} name
 * @returns {WpsSheet | null}
 */
function sheetOf(book, name) {
  try {
    return book.Worksheets.Item(name) || null;
  } catch (error) {
    return null;
  }
}

/** @param {{sheet: string, cell: string}} one */
function spotOf(one) {
  return `${one.sheet}!${one.cell}`;
}

/**
 * @param {Map<string, Look>} looks
 * @param {Look} one
 */
function lookIn(looks, one) {
  return looks.get(spotOf(one)) || one;
}

/**
 * The mark on a cell, what is said of it above its own note.
 * @param {Look} mark
 * @param {Look} before
 * @returns {Look}
 */
function withNote(mark, before) {
  const note = before.note ? `${mark.note}\n${LINE}\n${before.note}` : mark.note;
  return { sheet: mark.sheet, cell: mark.cell, colour: mark.colour, note };
}

/**
 * How cells look now.
 * @param {WpsBook} book
 * @param {Look[]} cells
 */
function looksOf(book, cells) {
  /** @type {Map<string, Look>} */
  const found = new Map();
  bySheet(cells).forEach((some, name) => {
    const sheet = sheetOf(book, name);
    if (!sheet) {
      return;
    }
    const addresses = some.map((one) => one.cell);
    /** @type {Map<string, string>} */
    const colours = new Map();
    unions(addresses).forEach((group) => addColours(sheet, group, colours));
    const hasNotes = sheet.Comments.Count > 0;
    for (const cell of addresses) {
      const comment = hasNotes ? sheet.Range(cell).Comment : null;
      const note = comment ? String(comment.Text()) : "";
      found.set(spotOf({ sheet: name, cell }), { sheet: name, cell, colour: colours.get(cell) || "", note });
    }
  });
  return found;
}

/**
 * @template {{sheet: string}} One
 * @param {One[]} cells
 */
function bySheet(cells) {
  /** @type {Map<string, One[]>} */
  const found = new Map();
  for (const one of cells) {
    listIn(found, one.sheet).push(one);
  }
  return found;
}

/**
 * Cells in groups whose addresses together are not too long for one range.
 * @param {string[]} addresses
 * @returns {string[][]}
 */
function unions(addresses) {
  /** @type {string[][]} */
  const groups = [];
  for (const one of new Set(addresses)) {
    const last = groups[groups.length - 1];
    if (last && [...last, one].join(",").length <= LONGEST) {
      last.push(one);
    } else {
      groups.push([one]);
    }
  }
  return groups;
}

/**
 * The colours of cells, asked of all together and, where they differ, of halves.
 * @param {WpsSheet} sheet
 * @param {string[]} cells
 * @param {Map<string, string>} found
 */
function addColours(sheet, cells, found) {
  const interior = sheet.Range(cells.join(",")).Interior;
  const index = interior.ColorIndex;
  const shade = index === NO_COLOUR ? null : interior.Color;
  if (cells.length > 1 && index !== NO_COLOUR && SEVERAL_COLOURS.includes(shade)) {
    const middle = cells.length >> 1;
    addColours(sheet, cells.slice(0, middle), found);
    addColours(sheet, cells.slice(middle), found);
    return;
  }
  const words = index === NO_COLOUR ? "" : `#${reversed(Number(shade)).toString(16).padStart(6, "0")}`;
  cells.forEach((cell) => found.set(cell, words.toUpperCase()));
}

/**
 * A colour with red and blue exchanged: WPS counts from the red.
 * @param {number} colour
 */
function reversed(colour) {
  return ((colour & 0xff) << 16) | (colour & 0xff00) | ((colour >> 16) & 0xff);
}

/** @param {string} colour `#FFC7CE` */
function shadeOf(colour) {
  return reversed(parseInt(colour.slice(1), 16));
}

/**
 * Give those cells that look otherwise these looks; the sheets that refused, in quotes.
 * @param {WpsBook} book
 * @param {Look[]} wanted
 * @param {Map<string, Look>} now
 */
function dress(book, wanted, now) {
  /** @type {string[]} */
  const refused = [];
  const changes = wanted.filter((one) => {
    const there = now.get(spotOf(one));
    return !there || there.colour !== one.colour || there.note !== one.note;
  });
  bySheet(changes).forEach((some, name) => {
    const sheet = sheetOf(book, name);
    if (sheet && !unlocked(sheet, () => dressSheet(sheet, some))) {
      refused.push(`“${name}”`);
    }
  });
  return refused;
}

/**
 * @param {WpsSheet} sheet
 * @param {Look[]} wanted
 */
function dressSheet(sheet, wanted) {
  new Set(wanted.map((one) => one.colour)).forEach((colour) => {
    const cells = wanted.filter((one) => one.colour === colour).map((one) => one.cell);
    unions(cells).forEach((group) => paint(sheet.Range(group.join(",")), colour));
  });
  for (const one of wanted) {
    const cell = sheet.Range(one.cell);
    if (cell.Comment) {
      cell.ClearComments();
    }
    if (one.note) {
      cell.AddComment(one.note);
    }
  }
}

/**
 * @param {WpsRange} range
 * @param {string} colour
 */
function paint(range, colour) {
  if (colour) {
    range.Interior.Color = shadeOf(colour);
  } else {
    range.Interior.ColorIndex = NO_COLOUR;
  }
}

/**
 * Whether a sheet let it be done; protection without a password is off meanwhile, and afterwards
 * as it was, with the same options.
 * @param {WpsSheet} sheet
 * @param {() => void} change
 */
function unlocked(sheet, change) {
  const covered = [sheet.ProtectDrawingObjects, sheet.ProtectContents, sheet.ProtectScenarios];
  if (!covered.some(Boolean)) {
    change();
    return true;
  }
  const allowed = sheet.Protection;
  const options = [
    ...covered, sheet.ProtectionMode,
    allowed.AllowFormattingCells, allowed.AllowFormattingColumns, allowed.AllowFormattingRows,
    allowed.AllowInsertingColumns, allowed.AllowInsertingRows, allowed.AllowInsertingHyperlinks,
    allowed.AllowDeletingColumns, allowed.AllowDeletingRows, allowed.AllowSorting,
    allowed.AllowFiltering, allowed.AllowUsingPivotTables,
  ].map(Boolean);
  const selection = sheet.EnableSelection;
  if (!isOpened(sheet)) {
    return false;
  }
  try {
    change();
  } finally {
    sheet.Protect("", ...options);
    sheet.EnableSelection = selection;
  }
  return true;
}

/**
 * Whether the empty password opened the sheet: without one WPS might ask the clerk for it.
 * @param {WpsSheet} sheet
 */
function isOpened(sheet) {
  try {
    sheet.Unprotect("");
  } catch (error) {
    return false;
  }
  return !sheet.ProtectContents && !sheet.ProtectDrawingObjects;
}

/**
 * Write the list and beside it how the marked cells looked before, in the place of an older list.
 * @param {WpsBook} book
 * @param {ResultList} list
 * @param {Look[]} before
 */
function writeList(book, list, before) {
  const there = sheetOf(book, LAYOUT.sheets[list.language]);
  const active = book.ActiveSheet;
  const sheet = there || addedList(book, LAYOUT.sheets[list.language]);
  const rows = withBefore(list.rows, before);
  while (there && rows.length < areaOf(sheet.UsedRange)[3]) {
    rows.push(Array(LAYOUT.width).fill(null));
  }
  // One call replaces all of it, so that no moment is without a list.
  const range = sheet.Range(addressOf([1, 1, LAYOUT.width, rows.length]));
  range.ClearFormats();
  range.Value2 = rows;
  dressList(sheet, list, rows.length);
  if (!there) {
    active.Activate();
  }
}

/**
 * The rows of the list with the looks behind them, each text as a cell takes it unread.
 * @param {(string | null)[][]} rows
 * @param {Look[]} before
 */
function withBefore(rows, before) {
  const looks = before.map((one) => [one.sheet, one.cell, one.colour, one.note]);
  const height = Math.max(rows.length, LAYOUT.head_row + looks.length);
  return Array.from({ length: height }, (_, index) => {
    const row = [...(rows[index] || Array(LAYOUT.width).fill(null))];
    const look = looks[index - LAYOUT.head_row];
    if (look) {
      look.forEach((text, offset) => {
        row[LAYOUT.before_column - 1 + offset] = text ? `'${text}` : null;
      });
    }
    return row;
  });
}

/**
 * Whether a sheet is shown: xlSheetVisible is -1, hidden ones are 0 or 2.
 * @param {WpsSheet} sheet
 */
function isVisible(sheet) {
  return sheet.Visible === true || sheet.Visible === -1;
}

/**
 * A new sheet behind the last one that is shown.
 * @param {WpsBook} book
 * @param {string} name
 */
function addedList(book, name) {
  const shown = membersOf(book.Worksheets).filter(isVisible);
  const sheet = book.Worksheets.Add(undefined, shown[shown.length - 1]);
  sheet.Name = name;
  return sheet;
}

/**
 * @param {WpsSheet} sheet
 * @param {ResultList} list
 * @param {number} last
 */
function dressList(sheet, list, last) {
  const right = LAYOUT.widths.length;
  LAYOUT.widths.forEach((width, index) => {
    sheet.Range(addressOf([index + 1, 1, index + 1, 1])).ColumnWidth = width;
  });
  const title = sheet.Range("A1").Font;
  [title.Size, title.Color] = [16, shadeOf(LAYOUT.head_fill)];
  const head = sheet.Range(addressOf([1, LAYOUT.head_row, right, LAYOUT.head_row]));
  letter(head, LAYOUT.head_fill, LAYOUT.head_ink, true);
  const body = sheet.Range(addressOf([1, LAYOUT.head_row + 1, right, last]));
  [body.WrapText, body.VerticalAlignment, body.Font.Color] = [true, TOP, shadeOf(LAYOUT.ink)];
  sheet.Range(addressOf([2, LAYOUT.head_row + 1, 2, last])).Font.Color = shadeOf(LAYOUT.link_ink);
  for (const tint of list.tints) {
    unions(tint.rows.map((row) => `A${row}`)).forEach((group) =>
      letter(sheet.Range(group.join(",")), tint.fill, tint.ink, false)
    );
  }
  const bands = list.bands.map((row) => addressOf([1, row, right, row]));
  unions(bands).forEach((group) => {
    const cells = sheet.Range(group.join(","));
    letter(cells, LAYOUT.band_fill, LAYOUT.head_fill, true);
    cells.WrapText = false;
  });
  body.Rows.AutoFit();
  const kept = sheet.Range(addressOf([LAYOUT.before_column, 1, LAYOUT.width, 1]));
  kept.EntireColumn.Hidden = true;
}

/**
 * @param {WpsRange} range
 * @param {string} fill
 * @param {string} ink
 * @param {boolean} isBold
 */
function letter(range, fill, ink, isBold) {
  paint(range, fill);
  range.Font.Color = shadeOf(ink);
  range.Font.Bold = isBold;
}

/**
 * Take the list away; where the book's structure is locked by now, empty it.
 * @param {WpsBook} book
 */
function removeList(book) {
  const sheet = sheetOf(book, LAYOUT.sheets[spokenIn(book)]);
  const program = window.Application;
  const alerts = program.DisplayAlerts;
  program.DisplayAlerts = false;
  try {
    if (sheet) {
      sheet.Delete();
    }
  } catch (error) {
    if (sheet) {
      sheet.UsedRange.Clear();
    }
  } finally {
    program.DisplayAlerts = alerts;
  }
}

/**
 * Put formulas that lead to the marked cells in place of what the book lists as marked: its own
 * colours let those cells alone. An older book has no such list.
 * @param {WpsBook} book
 * @param {string[]} formulas
 */
function tellMarked(book, formulas) {
  const names = namesOf(book);
  const found = referred(LAYOUT.marked.map((one) => names[one]).find(Boolean) || "");
  const sheet = found && sheetOf(book, found.sheet);
  if (!found || !sheet) {
    return;
  }
  const [, top, , bottom] = found.area;
  const rows = Array.from({ length: bottom - top + 1 }, (_, index) => [formulas[index] || null]);
  unlocked(sheet, () => {
    sheet.Range(addressOf(found.area)).Value2 = rows;
  });
}
