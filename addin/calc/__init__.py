"""xlwings on LibreOffice Calc: the same code as on Excel, over UNO."""
