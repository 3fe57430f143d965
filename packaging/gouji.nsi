; The installer for a computer without Python: for this user only, no administrator.
;
; On Windows, after `pyinstaller packaging/gouji.spec`, whose folder holds the add-in too:
;
;     makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DDIST=..\dist packaging\gouji.nsi

Unicode true
!include "MUI2.nsh"

!ifndef VERSION
  !define VERSION "0.1.0"
!endif
!ifndef DIST
  !define DIST "../dist"
!endif
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gouji"

Name "勾稽 ${VERSION}"
OutFile "${DIST}/gouji-${VERSION}-setup.exe"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Gouji"
SetCompressor /SOLID lzma

!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Section
  RMDir /r "$INSTDIR\_internal" ; what an older version left would be taken for the new one's
  SetOutPath "$INSTDIR"
  File /r "${DIST}/gouji/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${ENTRY}" "DisplayName" "勾稽"
  WriteRegStr HKCU "${ENTRY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  nsExec::ExecToLog '"$INSTDIR\gouji.exe" addin install'
  Pop $0
  ; Without a word it asks which workbook; one that is dragged onto it is opened.
  CreateShortcut "$SMPROGRAMS\勾稽填报台.lnk" "$INSTDIR\gouji.exe" "desk"
  StrCmp $0 "0" installed
  MessageBox MB_OK "加载项没有装上。请关闭 Excel,再运行一次安装程序。" /SD IDOK
  SetErrorLevel 1
installed:
SectionEnd

Section "Uninstall"
  nsExec::ExecToLog '"$INSTDIR\gouji.exe" addin uninstall --wps'
  Pop $0
  nsExec::ExecToLog '"$INSTDIR\gouji.exe" addin uninstall'
  Pop $0
  Delete "$SMPROGRAMS\勾稽填报台.lnk"
  DeleteRegKey HKCU "${ENTRY}"
  RMDir /r "$INSTDIR"
SectionEnd
