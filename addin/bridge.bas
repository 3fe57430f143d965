Attribute VB_Name = "GoujiBridge"
Option Explicit

'@callbacks

Private Sub Press(action As String)
    Dim executable As String
    On Error GoTo Failed
    executable = GetConfig("FROZEN EXECUTABLE")
    If executable <> "" Then
        RunFrozenPython executable, action
    Else
        RunPython "import addin.ribbon; addin.ribbon.press('" & action & "')"
    End If
    Exit Sub
Failed:
    ShowError "", Err.Description
End Sub

' The book that the clerk looks at; the add-in itself where none is open, because xlwings needs one.
Public Function CallingBook() As Workbook
    Set CallingBook = ActiveWorkbook
    If CallingBook Is Nothing Then Set CallingBook = ThisWorkbook
End Function

' xlwings calls this in place of its own ShowError: the trace goes to a file, the clerk reads a sentence.
Public Sub ShowError(FileName As String, Optional Message As String = "")
    Dim trace As String, shown As String
    If Message = "" Then Message = ReadFile(FileName)
    trace = LogFile()
    AppendTo trace, Message
    shown = GetConfig("FAILURE TEXT") & vbCrLf & trace
    ' MsgBox knows only the letters of the system's code page, so it is left to the Mac.
    If Environ("USERPROFILE") <> "" Then
        WScript.Popup shown, 0, GetConfig("TITLE"), vbCritical
    Else
        MsgBox shown, vbCritical, GetConfig("TITLE")
    End If
End Sub

Public Sub KeepTrace(text As String)
    AppendTo LogFile(), text
End Sub

Private Function LogFile() As String
    Dim folder As String
    folder = Environ("TEMP")
    If folder = "" Then folder = Environ("HOME")
    LogFile = folder & Application.PathSeparator & "gouji-excel.log"
End Function

Private Sub AppendTo(path As String, text As String)
    Dim number As Integer
    On Error Resume Next
    number = FreeFile
    Open path For Append As #number
    Print #number, Format(Now, "yyyy-mm-dd hh:nn:ss") & " " & text
    Close #number
End Sub
