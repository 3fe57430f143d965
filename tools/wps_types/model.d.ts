/**
 * The part of WPS' object model that the add-in uses, held against npm's wps-jsapi.
 *
 * wps-jsapi is made from the type library and takes what a call gives for one more argument
 * (`Item(Index?: any, RHS?: EtName): void`), and texts and ranges for numbers. So the types of
 * what comes back are written here, and that WPS has a member of each name is checked in held.ts.
 */
/// <reference path="node_modules/wps-jsapi/index.d.ts" />

type Scalar = null | undefined | number | string | boolean;
type Values = Scalar | Scalar[][];

interface Collection<One> {
  readonly Count: number;
  Item(index: number | string): One;
}

interface WpsRange {
  readonly Row: number;
  readonly Column: number;
  readonly Rows: WpsRange;
  readonly Columns: WpsRange;
  readonly Count: number;
  readonly EntireColumn: WpsRange;
  readonly Interior: WpsInterior;
  readonly Font: WpsFont;
  readonly Comment: WpsComment | null;
  readonly MergeArea: WpsRange;
  readonly MergeCells: boolean | null | undefined;
  readonly NumberFormat: string | null | undefined;
  Value2: Values;
  Formula: Values;
  Hidden: boolean;
  ColumnWidth: number;
  WrapText: boolean;
  VerticalAlignment: number;
  AddComment(text: string): WpsComment;
  ClearComments(): void;
  AutoFit(): void;
  Clear(): void;
  ClearFormats(): void;
  Select(): void;
}

interface WpsInterior {
  Color: number | null | undefined;
  ColorIndex: number | null | undefined;
}

interface WpsFont {
  Bold: boolean;
  Color: number;
  Size: number;
}

interface WpsComment {
  Text(): string;
}

interface WpsTable {
  readonly Name: string;
  readonly Range: WpsRange;
  readonly ShowTotals: boolean;
}

interface WpsName {
  readonly Name: string;
  readonly RefersTo: string;
}

interface WpsProtection {
  readonly AllowFormattingCells: boolean;
  readonly AllowFormattingColumns: boolean;
  readonly AllowFormattingRows: boolean;
  readonly AllowInsertingColumns: boolean;
  readonly AllowInsertingRows: boolean;
  readonly AllowInsertingHyperlinks: boolean;
  readonly AllowDeletingColumns: boolean;
  readonly AllowDeletingRows: boolean;
  readonly AllowSorting: boolean;
  readonly AllowFiltering: boolean;
  readonly AllowUsingPivotTables: boolean;
}

interface WpsSheet {
  Name: string;
  readonly Visible: number | boolean;
  readonly UsedRange: WpsRange;
  readonly ListObjects: Collection<WpsTable>;
  readonly Comments: { readonly Count: number };
  readonly ProtectContents: boolean;
  readonly ProtectDrawingObjects: boolean;
  readonly ProtectScenarios: boolean;
  readonly ProtectionMode: boolean;
  readonly Protection: WpsProtection;
  EnableSelection: number;
  Range(address: string): WpsRange;
  Activate(): void;
  Delete(): void;
  Protect(...options: (string | boolean | undefined)[]): void;
  Unprotect(password: string): void;
}

interface WpsSheets extends Collection<WpsSheet> {
  Add(before?: WpsSheet, after?: WpsSheet): WpsSheet;
}

interface WpsBook {
  readonly Name: string;
  readonly FullName: string;
  readonly ReadOnly: boolean;
  readonly ProtectStructure: boolean;
  readonly Date1904: boolean;
  readonly ActiveSheet: WpsSheet;
  readonly Worksheets: WpsSheets;
  readonly Names: Collection<WpsName>;
  readonly CustomDocumentProperties: Collection<{ readonly Name: string; readonly Value: Scalar }>;
  Activate(): void;
}

interface WpsTaskPane {
  readonly ID: number;
  Visible: boolean;
  Width: number;
}

interface WpsStorage {
  setItem(key: string, value: string): void;
  getItem(key: string): string | null | undefined;
}

interface WpsApplication {
  readonly ActiveWorkbook: WpsBook | null;
  readonly ActiveCell: WpsRange | null;
  readonly Workbooks: Collection<WpsBook> & { Open(path: string): WpsBook };
  readonly PluginStorage: WpsStorage;
  ScreenUpdating: boolean;
  EnableEvents: boolean;
  DisplayAlerts: boolean;
  StatusBar: string | boolean;
  CreateTaskPane(url: string, title: string): WpsTaskPane;
  GetTaskPane(id: number): WpsTaskPane;
}

/** What the desk has written into layout.js: the list's looks, and what buttons say that cannot work. */
declare const LAYOUT: {
  readonly sheets: { readonly [language: string]: string };
  readonly said: { readonly [language: string]: { readonly [name: string]: string } };
  readonly head_row: number;
  readonly before_column: number;
  readonly before: { readonly [language: string]: string[] };
  readonly width: number;
  readonly widths: number[];
  readonly head_fill: string;
  readonly head_ink: string;
  readonly link_ink: string;
  readonly band_fill: string;
  readonly ink: string;
  readonly marked: string[];
  readonly button: string;
  readonly labels: { readonly [action: string]: string };
  readonly words: { readonly [language: string]: { readonly [severity: string]: string } };
  readonly without_book: string[];
  readonly cannot: { readonly [action: string]: string };
};

/** A button of the ribbon, as it is handed to what the ribbon calls. */
interface WpsControl {
  readonly Id: string;
}

interface Window {
  Application: WpsApplication;
  ribbon: unknown;
}
