"use strict";
// WPS' object model over a plain book, as far as the add-in asks for it, with what Excel refuses.
//
// In WPS the objects lie in another process: each call is counted, and the largest one measured.

/**
 * @typedef {object} PlainCell
 * @property {Scalar} [value]
 * @property {string} [formula]
 * @property {string} [format]
 * @property {string} [colour] `#FFC7CE`
 * @property {string} [note]
 * @typedef {[number, number, number, number]} Corners left, top, right, bottom
 * @typedef {object} PlainSheet
 * @property {string} name
 * @property {number} visible
 * @property {Object<string, PlainCell>} cells by row and column, `9,3`
 * @property {Corners[]} merged
 * @property {{name: string, area: Corners, totals: boolean}[]} tables
 * @property {string | null} password null for a sheet that is not protected
 * @property {string[]} allowed what its protection lets through
 * @typedef {object} PlainBook
 * @property {string} full_name
 * @property {boolean} read_only
 * @property {boolean} structure_locked
 * @property {boolean} from_1904
 * @property {[string, Scalar][]} properties
 * @property {[string, string][]} names
 * @property {PlainSheet[]} sheets
 */

const counted = { calls: 0, largest: 0 };

/** @param {number} cells */
function count(cells) {
  counted.calls += 1;
  counted.largest = Math.max(counted.largest, cells);
}

/** @param {string} words */
function refuse(words) {
  throw new Error(`WPS refuses: ${words}`);
}

/** @param {string} letters */
function numberOf(letters) {
  let sum = 0;
  for (const one of letters) {
    sum = sum * 26 + one.charCodeAt(0) - 64;
  }
  return sum;
}

/**
 * @template One
 * @implements {Collection<One>}
 */
class Members {
  /**
   * @param {One[]} members
   * @param {(one: One) => string} nameOf
   */
  constructor(members, nameOf) {
    this.members = members;
    this.nameOf = nameOf;
  }

  get Count() {
    count(0);
    return this.members.length;
  }

  /**
   * @param {number | string} index
   * @returns {One}
   */
  Item(index) {
    count(0);
    const found =
      typeof index === "number"
        ? this.members[index - 1]
        : this.members.find((one) => this.nameOf(one) === index);
    if (found === undefined) {
      refuse(`no member ${index}`);
    }
    return /** @type {One} */ (found);
  }
}

/** @implements {WpsRange} */
class RangeDouble {
  /**
   * @param {SheetDouble} sheet
   * @param {Corners[]} areas
   */
  constructor(sheet, areas) {
    this.sheet = sheet;
    this.areas = areas;
  }

  get first() {
    return this.areas[0];
  }

  get Column() {
    count(0);
    return this.first[0];
  }

  get Row() {
    count(0);
    return this.first[1];
  }

  get Columns() {
    return new LinesDouble(this, this.first[2] - this.first[0] + 1);
  }

  get Rows() {
    return new LinesDouble(this, this.first[3] - this.first[1] + 1);
  }

  get Count() {
    return this.spots().length;
  }

  /** The keys of the cells, row by row. */
  spots() {
    /** @type {string[]} */
    const found = [];
    for (const [left, top, right, bottom] of this.areas) {
      for (let row = top; row <= bottom; row += 1) {
        for (let column = left; column <= right; column += 1) {
          found.push(`${row},${column}`);
        }
      }
    }
    return found;
  }

  /** @param {(cell: PlainCell) => Scalar} ask */
  rows(ask) {
    const [left, top, right, bottom] = this.first;
    count((right - left + 1) * (bottom - top + 1));
    /** @type {Scalar[][]} */
    const found = [];
    for (let row = top; row <= bottom; row += 1) {
      const line = [];
      for (let column = left; column <= right; column += 1) {
        line.push(ask(this.sheet.plain.cells[`${row},${column}`] || {}));
      }
      found.push(line);
    }
    return found.length === 1 && found[0].length === 1 ? found[0][0] : found;
  }

  /** @returns {Values} */
  get Value2() {
    return this.rows((cell) => (cell.value === undefined ? null : cell.value));
  }

  /** @param {Values} given */
  set Value2(given) {
    const [left, top, right, bottom] = this.first;
    count((right - left + 1) * (bottom - top + 1));
    this.sheet.mustAllow("");
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) {
        const value = Array.isArray(given) ? given[row - top][column - left] : given;
        if (value === undefined) {
          refuse("an array of another shape");
        }
        this.sheet.type(`${row},${column}`, /** @type {Scalar} */ (value));
      }
    }
  }

  /** @returns {Values} */
  get Formula() {
    return this.rows((cell) => cell.formula || (cell.value === undefined ? "" : String(cell.value)));
  }

  set Formula(given) {
    this.Value2 = given;
  }

  /**
   * What all cells have in common, null where they differ.
   * @template T
   * @param {(cell: PlainCell, key: string) => T} ask
   */
  common(ask) {
    const keys = this.spots();
    count(keys.length);
    const told = new Set(keys.map((key) => ask(this.sheet.plain.cells[key] || {}, key)));
    return told.size === 1 ? Array.from(told)[0] : null;
  }

  get NumberFormat() {
    return this.common((cell) => cell.format || "General");
  }

  get MergeCells() {
    return this.common((_, key) => this.sheet.mergeAt(key) !== undefined);
  }

  /** @returns {WpsRange} */
  get MergeArea() {
    const merged = this.sheet.mergeAt(this.spots()[0]);
    return merged ? new RangeDouble(this.sheet, [merged]) : this;
  }

  get Interior() {
    return new InteriorDouble(this);
  }

  get Font() {
    return { Bold: false, Color: 0, Size: 11 };
  }

  get EntireColumn() {
    return this;
  }

  get Hidden() {
    return this.sheet.hidden.has(this.first[0]);
  }

  set Hidden(isHidden) {
    for (let column = this.first[0]; column <= this.first[2]; column += 1) {
      if (isHidden) {
        this.sheet.hidden.add(column);
      }
    }
  }

  ColumnWidth = 8;
  WrapText = false;
  VerticalAlignment = 0;

  get Comment() {
    count(1);
    const { note } = this.sheet.plain.cells[this.spots()[0]] || {};
    return note ? { Text: () => note } : null;
  }

  /** @param {string} text */
  AddComment(text) {
    count(1);
    this.sheet.mustAllow("");
    const cell = this.sheet.cell(this.spots()[0]);
    if (cell.note) {
      refuse("there is a comment already");
    }
    cell.note = text;
    return { Text: () => text };
  }

  ClearComments() {
    this.sheet.mustAllow("");
    this.spots().forEach((key) => delete this.sheet.cell(key).note);
  }

  AutoFit() {
    count(0);
  }

  Clear() {
    this.sheet.mustAllow("");
    this.spots().forEach((key) => delete this.sheet.plain.cells[key]);
  }

  ClearFormats() {
    this.sheet.mustAllow("AllowFormattingCells");
    this.spots().forEach((key) => delete this.sheet.cell(key).colour);
  }

  Select() {
    if (this.sheet.book.active !== this.sheet) {
      refuse("to select a cell of a sheet that is not in front");
    }
    this.sheet.book.cell = this;
  }
}

/** The rows or columns of a range, which are only counted. */
class LinesDouble extends RangeDouble {
  /**
   * @param {RangeDouble} range
   * @param {number} lines
   */
  constructor(range, lines) {
    super(range.sheet, range.areas);
    this.lines = lines;
  }

  get Count() {
    count(0);
    return this.lines;
  }
}

/** @implements {WpsInterior} */
class InteriorDouble {
  /** @param {RangeDouble} range */
  constructor(range) {
    this.range = range;
  }

  get ColorIndex() {
    const colour = this.range.common((cell) => cell.colour || "");
    return colour === "" ? -4142 : colour === null ? null : 3;
  }

  set ColorIndex(index) {
    if (index !== -4142) {
      refuse("a colour by its index");
    }
    this.paint("");
  }

  get Color() {
    const colour = this.range.common((cell) => cell.colour || "#FFFFFF");
    return colour === null ? 0 : turned(parseInt(colour.slice(1), 16));
  }

  set Color(shade) {
    this.paint(`#${turned(Number(shade)).toString(16).toUpperCase().padStart(6, "0")}`);
  }

  /** @param {string} colour */
  paint(colour) {
    const { sheet } = this.range;
    count(1);
    sheet.mustAllow("AllowFormattingCells");
    this.range.spots().forEach((key) => {
      sheet.cell(key).colour = colour;
    });
  }
}

/** @param {number} colour red and blue exchanged */
function turned(colour) {
  return ((colour & 0xff) << 16) | (colour & 0xff00) | (colour >> 16);
}

/** @implements {WpsSheet} */
class SheetDouble {
  /**
   * @param {BookDouble} book
   * @param {PlainSheet} plain
   */
  constructor(book, plain) {
    this.book = book;
    this.plain = plain;
    this.hidden = new Set();
    this.EnableSelection = 0;
    this.options = new Set(plain.allowed);
  }

  get Name() {
    count(0);
    return this.plain.name;
  }

  set Name(name) {
    this.plain.name = name;
  }

  get Visible() {
    return this.plain.visible;
  }

  get UsedRange() {
    count(0);
    const keys = Object.keys(this.plain.cells).map((key) => key.split(",").map(Number));
    if (keys.length === 0) {
      return new RangeDouble(this, [[1, 1, 1, 1]]);
    }
    const [rows, columns] = [keys.map(([row]) => row), keys.map(([, column]) => column)];
    const least = (/** @type {number[]} */ ones) => ones.reduce((a, b) => Math.min(a, b));
    const most = (/** @type {number[]} */ ones) => ones.reduce((a, b) => Math.max(a, b));
    return new RangeDouble(this, [[least(columns), least(rows), most(columns), most(rows)]]);
  }

  get ListObjects() {
    const tables = this.plain.tables.map((one) => ({
      Name: one.name,
      Range: new RangeDouble(this, [one.area]),
      ShowTotals: one.totals,
    }));
    return new Members(tables, (one) => one.Name);
  }

  get Comments() {
    count(0);
    return { Count: Object.values(this.plain.cells).filter((one) => one.note).length };
  }

  get ProtectContents() {
    return this.plain.password !== null;
  }

  get ProtectDrawingObjects() {
    return this.plain.password !== null;
  }

  get ProtectScenarios() {
    return this.plain.password !== null;
  }

  get ProtectionMode() {
    return false;
  }

  get Protection() {
    const told = (/** @type {string} */ name) => this.options.has(name);
    return {
      AllowFormattingCells: told("AllowFormattingCells"),
      AllowFormattingColumns: told("AllowFormattingColumns"),
      AllowFormattingRows: told("AllowFormattingRows"),
      AllowInsertingColumns: told("AllowInsertingColumns"),
      AllowInsertingRows: told("AllowInsertingRows"),
      AllowInsertingHyperlinks: told("AllowInsertingHyperlinks"),
      AllowDeletingColumns: told("AllowDeletingColumns"),
      AllowDeletingRows: told("AllowDeletingRows"),
      AllowSorting: told("AllowSorting"),
      AllowFiltering: told("AllowFiltering"),
      AllowUsingPivotTables: told("AllowUsingPivotTables"),
    };
  }

  /** @param {string} address */
  Range(address) {
    count(0);
    if (address.length > 255) {
      refuse("an address of more than 255 letters");
    }
    return new RangeDouble(this, address.split(",").map(cornersAt));
  }

  Activate() {
    if (this.plain.visible !== -1) {
      refuse("to bring a hidden sheet to the front");
    }
    this.book.active = this;
  }

  Delete() {
    if (this.book.plain.structure_locked) {
      refuse("to delete a sheet of a locked book");
    }
    this.book.sheets = this.book.sheets.filter((one) => one !== this);
    this.book.active = this.book.sheets[0];
  }

  /** @param {(string | boolean | undefined)[]} given */
  Protect(...given) {
    const names = Object.keys(this.Protection);
    this.plain.password = String(given[0] || "");
    this.options = new Set(names.filter((_, index) => given[index + 5] === true));
  }

  /** @param {string} password */
  Unprotect(password) {
    if (this.plain.password !== null && this.plain.password !== password) {
      refuse("a wrong password");
    }
    this.plain.password = null;
  }

  /** @param {string} key */
  cell(key) {
    this.plain.cells[key] = this.plain.cells[key] || {};
    return this.plain.cells[key];
  }

  /** @param {string} key */
  mergeAt(key) {
    const [row, column] = key.split(",").map(Number);
    return this.plain.merged.find(
      ([left, top, right, bottom]) => top <= row && row <= bottom && left <= column && column <= right
    );
  }

  /** @param {string} option */
  mustAllow(option) {
    if (this.plain.password !== null && !this.options.has(option)) {
      refuse("to change a protected sheet");
    }
  }

  /**
   * @param {string} key
   * @param {Scalar} value
   */
  type(key, value) {
    const cell = this.cell(key);
    delete cell.formula;
    if (typeof value === "string" && value.startsWith("=")) {
      const shown = /^=HYPERLINK\("[^]*","([^]*)"\)$/.exec(value);
      cell.formula = value;
      cell.value = shown ? shown[1].replace(/""/g, '"') : "";
    } else {
      cell.value = typeof value === "string" && value.startsWith("'") ? value.slice(1) : value;
    }
  }
}

/**
 * @param {string} address
 * @returns {Corners}
 */
function cornersAt(address) {
  const parts = /^([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?$/.exec(address);
  if (!parts) {
    throw new Error(`WPS refuses: the address ${address}`);
  }
  const [left, top] = [numberOf(parts[1]), Number(parts[2])];
  return parts[3] ? [left, top, numberOf(parts[3]), Number(parts[4])] : [left, top, left, top];
}

/**
 * @extends {Members<SheetDouble>}
 * @implements {WpsSheets}
 */
class SheetsDouble extends Members {
  /** @param {BookDouble} book */
  constructor(book) {
    super(book.sheets, (one) => one.plain.name);
    this.book = book;
  }

  /**
   * @param {WpsSheet} [before]
   * @param {WpsSheet} [after]
   */
  Add(before, after) {
    if (this.book.plain.structure_locked) {
      refuse("to add a sheet to a locked book");
    }
    /** @type {PlainSheet} */
    const plain = { name: "Sheet1", visible: -1, cells: {}, merged: [], tables: [], password: null, allowed: [] };
    const sheet = new SheetDouble(this.book, plain);
    const place = this.book.sheets.findIndex((one) => one === after || one === before);
    this.book.sheets.splice(after ? place + 1 : Math.max(place, 0), 0, sheet);
    this.book.active = sheet;
    return sheet;
  }
}

/** @implements {WpsBook} */
class BookDouble {
  /** @param {PlainBook} plain */
  constructor(plain) {
    this.plain = plain;
    this.sheets = plain.sheets.map((one) => new SheetDouble(this, one));
    this.active = /** @type {SheetDouble} */ (this.sheets.find((one) => one.plain.visible === -1));
    this.cell = new RangeDouble(this.active, [[1, 1, 1, 1]]);
  }

  get Name() {
    return /** @type {string} */ (this.plain.full_name.split(/[\\/]/).pop());
  }

  get FullName() {
    return this.plain.full_name;
  }

  get ReadOnly() {
    return this.plain.read_only;
  }

  get ProtectStructure() {
    return this.plain.structure_locked;
  }

  get Date1904() {
    return this.plain.from_1904;
  }

  get ActiveSheet() {
    return this.active;
  }

  get Worksheets() {
    return new SheetsDouble(this);
  }

  get Names() {
    const names = this.plain.names.map(([Name, RefersTo]) => ({ Name, RefersTo }));
    return new Members(names, (one) => one.Name);
  }

  get CustomDocumentProperties() {
    const told = this.plain.properties.map(([Name, Value]) => ({ Name, Value }));
    return new Members(told, (one) => one.Name);
  }

  Activate() {
    PROGRAM.front = this;
  }
}

/** @implements {WpsApplication} */
class ProgramDouble {
  constructor() {
    /** @type {BookDouble[]} */
    this.books = [];
    /** @type {BookDouble | null} */
    this.front = null;
    /** @type {string[]} */
    this.opened = [];
    /** @type {(WpsTaskPane & {url: string})[]} */
    this.panes = [];
    /** @type {Map<string, string>} */
    this.kept = new Map();
    this.ScreenUpdating = true;
    this.EnableEvents = true;
    this.DisplayAlerts = true;
    /** @type {string | boolean} */
    this.StatusBar = false;
  }

  get counted() {
    return counted;
  }

  get ActiveWorkbook() {
    return this.front;
  }

  get ActiveCell() {
    return this.front && this.front.cell.sheet === this.front.active ? this.front.cell : null;
  }

  get Workbooks() {
    const books = new Members(this.books, (one) => one.Name);
    return Object.assign(books, {
      Open: (/** @type {string} */ path) => {
        this.opened.push(path);
        return this.books[0];
      },
    });
  }

  get PluginStorage() {
    return {
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
        this.kept.set(key, value);
      },
      getItem: (/** @type {string} */ key) => this.kept.get(key),
    };
  }

  /**
   * @param {string} url
   * @param {string} title
   */
  CreateTaskPane(url, title) {
    const pane = { ID: this.panes.length + 1, url, Visible: false, Width: 0, title };
    this.panes.push(pane);
    window.open(url);
    return pane;
  }

  /** @param {number} id */
  GetTaskPane(id) {
    const pane = this.panes[id - 1];
    if (!pane) {
      refuse("a task pane that is gone");
    }
    return pane;
  }

  /** @param {PlainBook} plain */
  open(plain) {
    this.front = new BookDouble(plain);
    this.books.push(this.front);
  }

  /**
   * One more sheet in the book in front.
   * @param {PlainSheet} plain
   */
  add(plain) {
    const book = /** @type {BookDouble} */ (this.front);
    book.sheets.push(new SheetDouble(book, plain));
  }
}

// A task pane is a page of its own that has the same program.
const PROGRAM = window.opener ? window.opener.Application : new ProgramDouble();
window.Application = PROGRAM;
