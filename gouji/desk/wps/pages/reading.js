"use strict";
// The open book as JSON. Each call to WPS costs more than the cells that it brings: values and
// formulas come in blocks, formats and merges are asked of many cells at once and, where they
// differ, of halves of them.

const MOST_IN_A_BLOCK = 50000; // cells of one call
const MOST_CELLS = 200000; // of a sheet that is sent whole; a stray cell can make one use billions
const MORE_ROWS = 1000; // under what the form asks for, where something typed is still looked for
const [LAST_COLUMN, LAST_ROW] = [16384, 1048576];
const PROPERTY = "Gouji"; // begins the names of the properties that say which form a book is

/**
 * @typedef {[number, number, number, number]} Area left, top, right, bottom, from 1
 * @typedef {{odd: string}} Odd what is no number, text or truth value
 * @typedef {{top: number, left: number, rows: (Scalar | Odd)[][]}} PostedBlock
 * @typedef {object} PostedSheet
 * @property {string} name
 * @property {PostedBlock[]} blocks
 * @property {[number, number, string][]} formulas row, column
 * @property {[number, number, number, string][]} formats column, first row, last row
 * @property {Area[]} merged
 * @property {{name: string, area: Area, has_totals: boolean}[]} tables
 * @property {Area | null} sent
 * @typedef {object} PostedBook
 * @property {string} full_name
 * @property {Object<string, Scalar>} properties
 * @property {Object<string, string>} names
 * @property {PostedSheet[]} sheets
 * @property {boolean} from_1904
 */

/**
 * The whole book as the desk takes it.
 * @param {WpsBook} book
 * @returns {PostedBook}
 */
function readBook(book) {
  const names = namesOf(book);
  const sheets = membersOf(book.Worksheets).map((sheet) => readSheet(sheet, names));
  return {
    full_name: String(book.FullName),
    properties: propertiesOf(book),
    names,
    sheets,
    from_1904: Boolean(book.Date1904),
  };
}

/**
 * The members of one of WPS' collections, which count from 1.
 * @template One
 * @param {Collection<One>} collection
 * @returns {One[]}
 */
function membersOf(collection) {
  const found = [];
  const count = collection.Count;
  for (let number = 1; number <= count; number += 1) {
    found.push(collection.Item(number));
  }
  return found;
}

/**
 * What the names of the whole book stand for; those of one sheet, `预算!合计`, are left out.
 * @param {WpsBook} book
 * @returns {Object<string, string>}
 */
function namesOf(book) {
  /** @type {Object<string, string>} */
  const found = {};
  for (const one of membersOf(book.Names)) {
    const name = String(one.Name);
    if (!name.includes("!")) {
      found[name] = String(one.RefersTo);
    }
  }
  return found;
}

/**
 * The properties that say which form the book is; none where this WPS tells no properties, and
 * then the desk looks into the file.
 * @param {WpsBook} book
 * @returns {Object<string, Scalar>}
 */
function propertiesOf(book) {
  /** @type {Object<string, Scalar>} */
  const found = {};
  try {
    for (const one of membersOf(book.CustomDocumentProperties)) {
      if (one.Name.startsWith(PROPERTY)) {
        found[one.Name] = one.Value;
      }
    }
  } catch (error) {
    return {};
  }
  return found;
}

/**
 * @param {WpsSheet} sheet
 * @param {Object<string, string>} names
 * @returns {PostedSheet}
 */
function readSheet(sheet, names) {
  const tables = tablesOf(sheet);
  const used = areaOf(sheet.UsedRange);
  const area = cellsIn(used) > MOST_CELLS ? asked(used, sheet.Name, names, tables) : used;
  const read = readCells(sheet, area);
  return {
    name: sheet.Name,
    blocks: read.blocks,
    formulas: read.formulas,
    formats: formatsOf(sheet, read.figures),
    merged: mergesOf(sheet, area),
    tables,
    sent: area === used ? null : reach(used, area),
  };
}

/**
 * How far a sheet was read: in a direction in which nothing was left out, to its end.
 * @param {Area} used
 * @param {Area} area
 * @returns {Area}
 */
function reach(used, area) {
  return [1, 1, area[2] < used[2] ? area[2] : LAST_COLUMN, area[3] < used[3] ? area[3] : LAST_ROW];
}

/**
 * The tables of a sheet; a WPS that knows none has none.
 * @param {WpsSheet} sheet
 */
function tablesOf(sheet) {
  const tables = sheet.ListObjects;
  return (tables ? membersOf(tables) : []).map((one) => ({
    name: one.Name,
    area: areaOf(one.Range),
    has_totals: Boolean(one.ShowTotals),
  }));
}

/**
 * The cells that a range covers.
 * @param {WpsRange} range
 * @returns {Area}
 */
function areaOf(range) {
  const left = range.Column;
  const top = range.Row;
  return [left, top, left + range.Columns.Count - 1, top + range.Rows.Count - 1];
}

/** @param {Area} area */
function cellsIn([left, top, right, bottom]) {
  return (right - left + 1) * (bottom - top + 1);
}

/**
 * Of a sheet that uses too many cells those down to and as far as any name or table leads.
 * @param {Area} used
 * @param {string} sheet
 * @param {Object<string, string>} names
 * @param {{area: Area}[]} tables
 * @returns {Area}
 */
function asked([left, top, right, bottom], sheet, names, tables) {
  const areas = tables.map((one) => one.area);
  for (const reference of Object.values(names)) {
    const found = referred(reference);
    if (found && found.sheet === sheet) {
      areas.push(found.area);
    }
  }
  const lowest = Math.max(top, ...areas.map((one) => one[3])) + MORE_ROWS;
  const furthest = Math.max(left, ...areas.map((one) => one[2]));
  return [left, top, Math.min(right, furthest), Math.min(bottom, lowest)];
}

/**
 * The sheet and the cells that `=预算收支!$C$9` or `='收 支'!$C$9:$D$12` leads to; null for others.
 * @param {string} reference
 * @returns {{sheet: string, area: Area} | null}
 */
function referred(reference) {
  const parts = /^=?(?:'((?:[^']|'')+)'|([^'![\]]+))!(.+)$/.exec(reference);
  const area = parts && areaAt(parts[3]);
  return parts && area ? { sheet: (parts[1] || parts[2]).replace(/''/g, "'"), area } : null;
}

/**
 * The cells of an address, `$B$5:$D$35`; null for what is none.
 * @param {string} address
 * @returns {Area | null}
 */
function areaAt(address) {
  const parts = /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$/.exec(address.replace(/\$/g, ""));
  if (!parts) {
    return null;
  }
  const [left, top] = [columnNumber(parts[1]), Number(parts[2])];
  return parts[3] ? [left, top, columnNumber(parts[3]), Number(parts[4])] : [left, top, left, top];
}

/** @param {string} letters */
function columnNumber(letters) {
  return Array.from(letters).reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);
}

/**
 * The address of a cell or, with four numbers, of an area.
 * @param {Area} area
 */
function addressOf([left, top, right, bottom]) {
  const first = columnLetters(left) + top;
  return left === right && top === bottom ? first : `${first}:${columnLetters(right)}${bottom}`;
}

/** @param {number} number */
function columnLetters(number) {
  let letters = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/**
 * The values of an area, the formulas among its cells, and which cells hold figures.
 * @param {WpsSheet} sheet
 * @param {Area} area
 */
function readCells(sheet, area) {
  /** @type {PostedBlock[]} */
  const blocks = [];
  /** @type {[number, number, string][]} */
  const formulas = [];
  /** @type {Map<number, number[]>} */
  const figures = new Map();
  for (const part of partsOf(area)) {
    const [left, top] = part;
    const range = sheet.Range(addressOf(part));
    const values = rowsOf(range.Value2, part);
    const written = rowsOf(range.Formula, part);
    values.forEach((row, down) =>
      row.forEach((value, right) => {
        const formula = written[down][right];
        // Of a text that only looks like a formula WPS tells the same for both.
        if (typeof formula === "string" && formula.startsWith("=") && formula !== value) {
          formulas.push([top + down, left + right, formula]);
        }
        if (typeof value === "number") {
          listIn(figures, left + right).push(top + down);
        }
      })
    );
    blocks.push({ top, left, rows: values.map(posted) });
  }
  return { blocks, formulas, figures };
}

/**
 * The list that a map has under a key, a new one where it has none.
 * @template Key, One
 * @param {Map<Key, One[]>} map
 * @param {Key} key
 * @returns {One[]}
 */
function listIn(map, key) {
  const found = map.get(key) || [];
  map.set(key, found);
  return found;
}

/**
 * An area in parts of whole rows, none too large for one call.
 * @param {Area} area
 * @returns {Area[]}
 */
function partsOf([left, top, right, bottom]) {
  const height = Math.max(1, Math.floor(MOST_IN_A_BLOCK / (right - left + 1)));
  /** @type {Area[]} */
  const parts = [];
  for (let first = top; first <= bottom; first += height) {
    parts.push([left, first, right, Math.min(bottom, first + height - 1)]);
  }
  return parts;
}

/**
 * What WPS tells of an area as rows; one cell comes by itself. Anything else is not guessed at.
 * @param {Values} told
 * @param {Area} area
 * @returns {Scalar[][]}
 */
function rowsOf(told, area) {
  const rows = cellsIn(area) === 1 && !Array.isArray(told) ? [[told]] : told;
  const [left, top, right, bottom] = area;
  const fits =
    Array.isArray(rows) &&
    rows.length === bottom - top + 1 &&
    rows.every((row) => Array.isArray(row) && row.length === right - left + 1);
  if (!fits) {
    throw new Error(`${addressOf(area)}: rows of another shape`);
  }
  return /** @type {Scalar[][]} */ (rows);
}

/**
 * A row as it is sent: up to its last value, and what JSON has no word for told as odd.
 * @param {Scalar[]} row
 * @returns {(Scalar | Odd)[]}
 */
function posted(row) {
  let length = row.length;
  while (length > 0 && isBlank(row[length - 1])) {
    length -= 1;
  }
  return row.slice(0, length).map((value) => {
    if (isBlank(value)) {
      return null;
    }
    const isPlain = ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
    return isPlain ? value : { odd: String(value) };
  });
}

/** @param {Scalar} value */
function isBlank(value) {
  return value === null || value === undefined || value === "";
}

/**
 * The number formats of figures, by column: a call where all of a column have the same.
 * @param {WpsSheet} sheet
 * @param {Map<number, number[]>} figures
 */
function formatsOf(sheet, figures) {
  /** @type {[number, number, number, string][]} */
  const found = [];
  figures.forEach((rows, column) => addFormats(sheet, column, rows, found));
  return found;
}

/**
 * @param {WpsSheet} sheet
 * @param {number} column
 * @param {number[]} rows
 * @param {[number, number, number, string][]} found
 */
function addFormats(sheet, column, rows, found) {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const shown = sheet.Range(addressOf([column, first, column, last])).NumberFormat;
  if (rows.length === 1 || typeof shown === "string") {
    found.push([column, first, last, String(shown || "")]);
    return;
  }
  const middle = rows.length >> 1;
  addFormats(sheet, column, rows.slice(0, middle), found);
  addFormats(sheet, column, rows.slice(middle), found);
}

/**
 * The merged rectangles of an area: of cells of which some are merged WPS says neither yes nor no.
 * @param {WpsSheet} sheet
 * @param {Area} area
 * @returns {Area[]}
 */
function mergesOf(sheet, area) {
  /** @type {Area[]} */
  const found = [];
  addMerges(sheet, area, found);
  return found;
}

/**
 * @param {WpsSheet} sheet
 * @param {Area} area
 * @param {Area[]} found
 */
function addMerges(sheet, area, found) {
  const [left, top, right, bottom] = area;
  if (found.some((one) => isWithin(area, one))) {
    return;
  }
  const range = sheet.Range(addressOf(area));
  if (range.MergeCells === false) {
    return;
  }
  const [middle, half] = [(left + right) >> 1, (top + bottom) >> 1];
  if (cellsIn(area) === 1) {
    found.push(areaOf(range.MergeArea));
  } else if (bottom - top >= right - left) {
    addMerges(sheet, [left, top, right, half], found);
    addMerges(sheet, [left, half + 1, right, bottom], found);
  } else {
    addMerges(sheet, [left, top, middle, bottom], found);
    addMerges(sheet, [middle + 1, top, right, bottom], found);
  }
}

/**
 * @param {Area} inner
 * @param {Area} outer
 */
function isWithin(inner, outer) {
  const isBehind = outer[0] <= inner[0] && outer[1] <= inner[1];
  return isBehind && inner[2] <= outer[2] && inner[3] <= outer[3];
}
