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
        RunPython "import addin.ribbon.press; addin.ribbon.press.press('" & action & "')"
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
    ' It runs where an error was caught, so that one of its own would stop the clerk in the debugger.
    On Error Resume Next
    If Message = "" Then Message = ReadFile(FileName)
    trace = LogFile()
    AppendTo trace, Message
    shown = trace
    shown = GetConfig(Explained(Message)) & vbCrLf & trace
    ' MsgBox knows only the letters of the system's code page, so it is left to the Mac, and to a
    ' Windows without its script host.
    Err.Clear
    If Environ("USERPROFILE") <> "" Then WScript.Popup shown, 0, GetConfig("TITLE"), vbCritical
    If Environ("USERPROFILE") = "" Or Err.Number <> 0 Then MsgBox shown, vbCritical, GetConfig("TITLE")
End Sub

Public Sub KeepTrace(text As String)
    AppendTo LogFile(), text
End Sub

' The setting that explains a failure to the clerk. The words looked for are those of xlwings' VBA, of
' its DLL (config.cpp) and of Windows; whatever else there is, is in the log.
Private Function Explained(ByVal Message As String) As String
    If GetConfig("RESIDENT CLSID") <> "" And InStr(Message, "No command specified") > 0 Then
        Explained = "NOT RESIDENT TEXT"
    ElseIf InStr(Message, "Could not create Python process") > 0 Or InStr(Message, "IWshShell") > 0 Then
        Explained = "REFUSED TEXT"
    ElseIf IsGone(GetConfig("INTERPRETER_WIN")) Or IsGone(GetConfig("FROZEN EXECUTABLE")) Then
        Explained = "NO PYTHON TEXT"
    ElseIf InStr(Message, "Could not find Interpreter") > 0 Then
        Explained = "NO PYTHON TEXT"
    ElseIf InStr(Message, "Could not load xlwings") > 0 Then
        Explained = "NO DLL TEXT"
    Else
        Explained = "FAILURE TEXT"
    End If
End Function

Private Function IsGone(ByVal program As String) As Boolean
    If program <> "" Then IsGone = Not FileExists(program)
End Function

' The place of workbook/files/state.py on Windows; on a Mac Excel may write in its own folder alone.
' No cell gets here: what fails in VBA has not reached our Python, which keeps its own log.
Private Function LogFile() As String
    Dim folder As String
    On Error Resume Next
    folder = Environ("LOCALAPPDATA")
    If folder = "" Then
        folder = Environ("HOME")
    Else
        folder = folder & Application.PathSeparator & "Gouji"
        MkDir folder
    End If
    LogFile = folder & Application.PathSeparator & "gouji-excel.log"
End Function

Private Sub AppendTo(path As String, text As String)
    Dim number As Integer
    On Error Resume Next
    If FileLen(path) > 500000 Then Kill path
    number = FreeFile
    Open path For Append As #number
    Print #number, Format(Now, "yyyy-mm-dd hh:nn:ss") & " " & text
    Close #number
End Sub
