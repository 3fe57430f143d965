/// <reference path="model.d.ts" />
/** Holds that all members of `Own` are members of `Theirs`. */
type Known<Theirs, Own extends { [K in keyof Own]: K extends keyof Theirs ? unknown : never }> = Own;
type Held = [
  Known<Et.EtRange, WpsRange>,
  Known<Et.EtInterior, WpsInterior>,
  Known<Et.EtFont, WpsFont>,
  Known<Et.EtComment, WpsComment>,
  Known<Et.EtListObject, WpsTable>,
  Known<Et.EtListObjects, Collection<WpsTable>>,
  Known<Et.EtName, WpsName>,
  Known<Et.EtNames, Collection<WpsName>>,
  Known<Et.EtProtection, WpsProtection>,
  Known<Et.EtWorksheet, WpsSheet>,
  Known<Et.EtSheets, WpsSheets>,
  Known<Et.EtWorkbook, WpsBook>,
  Known<Et.EtWorkbooks, Collection<WpsBook> & { Open(path: string): WpsBook }>,
  Known<Et.EtApplication & typeof wps, WpsApplication>,
  Known<wps.CustomTaskpane & { Visible: boolean }, WpsTaskPane>,
  Known<typeof wps.PluginStorage, WpsStorage>,
  Known<Kso.KsoRibbonControl, WpsControl>,
];
