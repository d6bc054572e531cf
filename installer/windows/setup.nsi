; Setup.exe: makensis -INPUTCHARSET UTF8 -DSOURCE=<frozen folder> -DVERSION=1.2.3 -DOUT=<file> setup.nsi
; build.py runs it. README says what the options on the command line and the exit codes are.

Unicode true
Target amd64-unicode
Name "Cashier"
OutFile "${OUT}"
BrandingText "Cashier ${VERSION}"
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
ShowInstDetails nevershow
ShowUninstDetails nevershow
!ifdef SIGN
  !uninstfinalize '${SIGN}'
!endif

!define KEY "Software\Cashier"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Cashier"
!define PROGRAM "cashier.exe"
!define TWIN "cashier.com"

; Owner: administrators. The system and they have full access, users read and execute; inherited.
!define RIGHTS "O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"

!define EXIT_IN_USE 3
!define EXIT_OLDER 4
!define EXIT_NO_RIGHTS 5
!define EXIT_CONFIG 6
!define EXIT_FAILED 7

!define MULTIUSER_MUI
!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MINWIN 0x600
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_DEFAULT_CURRENTUSER
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "Folder"
!define MULTIUSER_INSTALLMODE_INSTDIR "Cashier"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "Folder"
!define MULTIUSER_USE_PROGRAMFILES64

!include MultiUser.nsh
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinMessages.nsh
!include WinVer.nsh

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Cashier"
VIAddVersionKey "FileDescription" "Cashier Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${NSISDIR}\Contrib\Graphics\Wizard\nsis3-metro.bmp"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE un.AskAboutJournal
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

!macro TEXT NAME RUSSIAN ENGLISH
  LangString ${NAME} ${LANG_RUSSIAN} "${RUSSIAN}"
  LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
!macroend
!insertmacro TEXT SHORTCUT "Касса" "Cashier"
!insertmacro TEXT PART_PROGRAM "Касса" "Cashier"
!insertmacro TEXT PART_AUTOSTART "Запускать при входе в Windows" "Start with Windows"
!insertmacro TEXT ABOUT_PROGRAM "Программа и ярлык в меню «Пуск»." \
  "The program, and its entry in the Start menu."
!insertmacro TEXT ABOUT_AUTOSTART "Касса открывается сама, когда кассир входит в Windows." \
  "The till opens by itself when the cashier signs in to Windows."
!insertmacro TEXT IN_USE \
  "Касса открыта. Дождитесь конца оплаты и закройте кассу, затем нажмите «Повтор». Установщик никогда не закрывает её сам." \
  "The till is open. Let its payment come to an end and close the till, then press Retry. Setup never closes it by force."
!insertmacro TEXT OLDER \
  "Уже установлена более новая версия. Старая версия не откроет её журнал, поэтому установка остановлена." \
  "A newer version is installed already. An older one would not open its journal, so Setup stops here."
!insertmacro TEXT NO_RIGHTS \
  "Чтобы установить кассу для всех пользователей, запустите установщик от имени администратора." \
  "To install for everybody on this computer, run Setup as administrator."
!insertmacro TEXT OLD_WINDOWS "Нужна 64-разрядная Windows 10 версии 1809 или новее." \
  "64-bit Windows 10, version 1809, or newer is needed."
!insertmacro TEXT BAD_CONFIG "Файл настроек не подходит: $Config" \
  "The settings file cannot be used: $Config"
!insertmacro TEXT FAILED \
  "Не удалось записать файлы программы. Прежняя версия возвращена на место." \
  "The program's files could not be written. What was there before is back in its place."
!insertmacro TEXT DELETE_JOURNAL \
  "Удалить также журнал платежей, настройки и копии этого пользователя?$\r$\n$\r$\nЭто навсегда: открытые платежи больше нельзя будет проверить, а возвраты – найти. Если не уверены, нажмите «Нет»." \
  "Delete the payment journal, the settings and the backups of this user too?$\r$\n$\r$\nThis is for ever: open payments can no longer be looked up, nor refunds found. If you are not sure, press No."

Var Config       ; a settings file for everybody on this computer, or empty
Var Patience     ; seconds that a silent Setup waits for the till to be closed
Var Asked        ; whether the till's window has been asked to close
Var IsSwapping   ; whether old files are put aside and the new ones not yet all there
Var Purge        ; whether the journal goes too

; --- what both programs need ---------------------------------------------------------------------

!macro SHARED UN

; $0 is 1 when a program of $INSTDIR runs: Windows lets nobody write to it then.
Function ${UN}LookWhetherInUse
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${TWIN}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${TWIN}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

; Close the windows of the program in $INSTDIR, as its own cross does: with an open payment the till
; asks its cashier first. Only windows without an owner; a dialog is not a window to be closed.
Function ${UN}AskToClose
  StrCpy $Asked 1
  StrCpy $0 0
  ${Do}
    System::Call 'user32::FindWindowExW(p 0, p r0, p 0, p 0) p .r0'
    ${If} $0 P= 0
      ${Break}
    ${EndIf}
    System::Call 'user32::IsWindowVisible(p r0) i .r1'
    System::Call 'user32::GetWindow(p r0, i 4) p .r2'
    ${If} $1 <> 0
    ${AndIf} $2 P= 0
      System::Call 'user32::GetWindowThreadProcessId(p r0, *i .r3)'
      System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r3) p .r4'
      ${If} $4 P<> 0
        System::Call 'kernel32::QueryFullProcessImageNameW(p r4, i 0, w .r5, *i ${NSIS_MAX_STRLEN})'
        System::Call 'kernel32::CloseHandle(p r4)'
        ${If} $5 == "$INSTDIR\${PROGRAM}"
          System::Call 'user32::PostMessageW(p r0, i ${WM_CLOSE}, p 0, p 0)'
        ${EndIf}
      ${EndIf}
    ${EndIf}
  ${Loop}
FunctionEnd

; Come back when no program of $INSTDIR runs any more, or end with EXIT_IN_USE. Nothing is killed.
Function ${UN}WaitUntilClosed
  StrCpy $Asked 0
  StrCpy $9 0
  ${Do}
    Call ${UN}LookWhetherInUse
    ${If} $0 = 0
      ${Break}
    ${EndIf}
    ${If} $Asked = 0
      Call ${UN}AskToClose
    ${EndIf}
    Sleep 500
    IntOp $9 $9 + 1
    IntOp $8 $Patience * 2
    ${If} ${Silent}
      ${If} $9 >= $8
        SetErrorLevel ${EXIT_IN_USE}
        Quit
      ${EndIf}
    ${ElseIf} $9 >= 6
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" IDRETRY ${UN}again
      SetErrorLevel ${EXIT_IN_USE}
      Quit
      ${UN}again:
      StrCpy $9 0
      StrCpy $Asked 0
    ${EndIf}
  ${Loop}
FunctionEnd

; $Patience from /WAIT=seconds, else a minute.
Function ${UN}ReadPatience
  ${${UN}GetParameters} $0
  ClearErrors
  ${${UN}GetOptions} $0 "/WAIT=" $Patience
  ${If} ${Errors}
    StrCpy $Patience 60
  ${EndIf}
  IntOp $Patience $Patience + 0
  ClearErrors
FunctionEnd

!macroend
!insertmacro SHARED ""
!insertmacro SHARED "un."

!macro REMOVE_SHORTCUTS
  ; Setup may have spoken the other language the last time.
  Delete "$SMPROGRAMS\Касса.lnk"
  Delete "$SMPROGRAMS\Cashier.lnk"
!macroend
!macro REMOVE_AUTOSTART
  Delete "$SMSTARTUP\Касса.lnk"
  Delete "$SMSTARTUP\Cashier.lnk"
!macroend

; --- Setup ---------------------------------------------------------------------------------------

Function .onInit
  ; /D=folder on the command line is the only one to fill it before this function.
  StrCpy $R9 $INSTDIR
  ${IfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "$(OLD_WINDOWS)" /SD IDOK
    SetErrorLevel ${EXIT_FAILED}
    Quit
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      MessageBox MB_OK|MB_ICONSTOP "$(NO_RIGHTS)" /SD IDOK
      SetErrorLevel ${EXIT_NO_RIGHTS}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro MULTIUSER_INIT
  ${If} $R9 != ""
    StrCpy $INSTDIR $R9
  ${EndIf}
  ${IfNot} ${Silent}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
  Call ReadPatience
  StrCpy $IsSwapping 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/CONFIG=" $Config
  ${IfNot} ${Errors}
    GetFullPathName $Config $Config
    ${IfNot} ${FileExists} "$Config"
      MessageBox MB_OK|MB_ICONSTOP "$(BAD_CONFIG)" /SD IDOK
      SetErrorLevel ${EXIT_CONFIG}
      Quit
    ${EndIf}
  ${Else}
    StrCpy $Config ""
  ${EndIf}
FunctionEnd

Function RefuseOlder
  ReadRegStr $0 SHCTX "${KEY}" "Version"
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 = 1
      MessageBox MB_OK|MB_ICONSTOP "$(OLDER)" /SD IDOK
      SetErrorLevel ${EXIT_OLDER}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; Put what was there before back in its place.
Function RollBack
  ${If} $IsSwapping = 1
    StrCpy $IsSwapping 0
    SetOutPath "$TEMP"
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\${TWIN}"
    Delete "$INSTDIR\cashier.pkg"
    RMDir /r "$INSTDIR\_internal"
    Rename "$INSTDIR\_internal.old" "$INSTDIR\_internal"
    Rename "$INSTDIR\cashier.pkg.old" "$INSTDIR\cashier.pkg"
    Rename "$INSTDIR\${TWIN}.old" "$INSTDIR\${TWIN}"
    Rename "$INSTDIR\${PROGRAM}.old" "$INSTDIR\${PROGRAM}"
    RMDir "$INSTDIR"
  ${EndIf}
FunctionEnd

Function .onInstFailed
  Call RollBack
FunctionEnd

Function GiveUp
  Call RollBack
  MessageBox MB_OK|MB_ICONSTOP "$(FAILED)" /SD IDOK
  SetErrorLevel ${EXIT_FAILED}
  Quit
FunctionEnd

!macro PUT_ASIDE NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    Rename "$INSTDIR\${NAME}" "$INSTDIR\${NAME}.old"
    ${If} ${Errors}
      Call GiveUp
    ${EndIf}
  ${EndIf}
!macroend

!macro FORGET_OLD
  Delete "$INSTDIR\${PROGRAM}.old"
  Delete "$INSTDIR\${TWIN}.old"
  Delete "$INSTDIR\cashier.pkg.old"
  RMDir /r "$INSTDIR\_internal.old"
!macroend

; Administrators write to $INSTDIR, everybody else reads and starts, wherever the folder lies.
; Not by icacls: that is a tool of Windows alone, and wine has one that does nothing.
Function ProtectFolder
  System::Call 'advapi32::ConvertStringSecurityDescriptorToSecurityDescriptorW(w "${RIGHTS}", i 1, *p .r1, p 0) i .r0'
  ${If} $0 = 0
    Call GiveUp
  ${EndIf}
  System::Call 'advapi32::GetSecurityDescriptorOwner(p r1, *p .r2, *i .r4)'
  System::Call 'advapi32::GetSecurityDescriptorDacl(p r1, *i .r4, *p .r3, *i .r5)'
  ; SE_FILE_OBJECT; the owner and the list, and nothing from the folder above
  System::Call 'advapi32::SetNamedSecurityInfoW(w "$INSTDIR", i 1, i 0x80000005, p r2, p 0, p r3, p 0) i .r0'
  System::Call 'kernel32::LocalFree(p r1)'
  ${If} $0 <> 0
    Call GiveUp
  ${EndIf}
FunctionEnd

Section "$(PART_PROGRAM)" PROGRAM_SECTION
  SectionIn RO
  Call RefuseOlder
  Call WaitUntilClosed
  CreateDirectory "$INSTDIR"
  ${If} $MultiUser.InstallMode == "AllUsers"
    Call ProtectFolder
  ${EndIf}

  ; The old files go aside first, the program before the rest, so that nobody starts half of it.
  StrCpy $IsSwapping 1
  !insertmacro FORGET_OLD
  !insertmacro PUT_ASIDE "${PROGRAM}"
  !insertmacro PUT_ASIDE "${TWIN}"
  !insertmacro PUT_ASIDE "cashier.pkg"
  !insertmacro PUT_ASIDE "_internal"
  SetOutPath "$INSTDIR"
  SetOverwrite try
  ClearErrors
  File /r "${SOURCE}/*.*"
  ${If} ${Errors}
    Call GiveUp
  ${EndIf}
  ${If} $Config != ""
    nsExec::Exec '"$INSTDIR\${TWIN}" --check-settings "$Config"'
    Pop $0
    ${If} $0 != 0
      Call RollBack
      MessageBox MB_OK|MB_ICONSTOP "$(BAD_CONFIG)" /SD IDOK
      SetErrorLevel ${EXIT_CONFIG}
      Quit
    ${EndIf}
    ClearErrors
    CopyFiles /SILENT "$Config" "$INSTDIR\settings.json"
    ${If} ${Errors}
      Call GiveUp
    ${EndIf}
  ${EndIf}
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  ${If} ${Errors}
    Call GiveUp
  ${EndIf}
  StrCpy $IsSwapping 0
  !insertmacro FORGET_OLD

  !insertmacro REMOVE_SHORTCUTS
  CreateShortcut "$SMPROGRAMS\$(SHORTCUT).lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${KEY}" "Folder" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "Version" "${VERSION}"
  StrCpy $0 '"$INSTDIR\Uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "$(SHORTCUT)"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "Cashier"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" "$0"
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" "$0 /S"
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" $0
SectionEnd

Section /o "$(PART_AUTOSTART)" AUTOSTART_SECTION
  !insertmacro REMOVE_AUTOSTART
  CreateShortcut "$SMSTARTUP\$(SHORTCUT).lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

; Silent: /AUTOSTART asks for it; otherwise it stays as it was.
Section -Autostart
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AUTOSTART" $R1
  ${IfNot} ${Errors}
    !insertmacro REMOVE_AUTOSTART
    CreateShortcut "$SMSTARTUP\$(SHORTCUT).lnk" "$INSTDIR\${PROGRAM}"
  ${EndIf}
SectionEnd

; By way of Explorer: Setup may have rights that a till must not have.
Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${PROGRAM_SECTION} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${AUTOSTART_SECTION} "$(ABOUT_AUTOSTART)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; --- the uninstaller -----------------------------------------------------------------------------

Function un.onInit
  ${un.GetParameters} $R0
  ClearErrors
  ${un.GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      MessageBox MB_OK|MB_ICONSTOP "$(NO_RIGHTS)" /SD IDOK
      SetErrorLevel ${EXIT_NO_RIGHTS}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro MULTIUSER_UNINIT
  !insertmacro MUI_UNGETLANGUAGE
  Call un.ReadPatience
  StrCpy $Purge 0
  ClearErrors
  ${un.GetOptions} $R0 "/DELETE-JOURNAL" $R1
  ${IfNot} ${Errors}
    StrCpy $Purge 1
  ${EndIf}
FunctionEnd

Function un.AskAboutJournal
  ${If} $Purge = 0
    SetShellVarContext current
    ${If} ${FileExists} "$LOCALAPPDATA\Cashier\*.*"
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(DELETE_JOURNAL)" /SD IDNO IDNO keep
      StrCpy $Purge 1
      keep:
    ${EndIf}
    ${If} $MultiUser.InstallMode == "AllUsers"
      SetShellVarContext all
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.WaitUntilClosed
  !insertmacro REMOVE_SHORTCUTS
  !insertmacro REMOVE_AUTOSTART
  ; Only what Setup put there: the folder goes when nothing else is in it.
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${TWIN}"
  Delete "$INSTDIR\cashier.pkg"
  RMDir /r "$INSTDIR\_internal"
  !insertmacro FORGET_OLD
  Delete "$INSTDIR\settings.json"
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${KEY}"
  DeleteRegValue HKCU "${KEY}" "Language"
  DeleteRegKey /ifempty HKCU "${KEY}"
  ${If} $Purge = 1
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\Cashier"
  ${EndIf}
SectionEnd
