import xlwings as xw
def test_probe(excel, excel_book):
    s=excel_book.sheets["项目支出"]
    s.range("K3").formula="=GJ_TIES(1,2)"; s.range("L3").formula="=1/0"
    print(repr(s.range("K3").api.Value), repr(s.range("K3").options(err_to_str=True).value), repr(s.range("L3").options(err_to_str=True).value), repr(s.range("K3:L3").options(err_to_str=True).value), s.range("K3").formula)
