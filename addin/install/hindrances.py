"""What keeps Excel from opening the add-in, or from starting Python: policies, and Excel itself.

Where each policy stands in the registry is named beside it. Those of users lie in both hives, since
administrators set them in either.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from addin.install.addin_files import ADDIN
from addin.install.computer import Computer, Value
from addin.install.install import key_of, trusted_key
from addin.install.page_line import Line, State

POLICIES: Final = r"Software\Policies\Microsoft\Office"
# https://learn.microsoft.com/defender-endpoint/attack-surface-reduction-rules-reference
RULE: Final = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
RULE_NAME: Final = "阻止所有 Office 应用程序创建子进程"
# By group policy (WindowsDefender.admx), by PowerShell's Set-MpPreference, by Intune.
RULES: Final = (
    r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
INTUNE: Final = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
BLOCKED: Final = "1"
WARNED: Final = "6"  # and 0 is off, 2 only writes an event


def hindrances(computer: Computer, version: str, place: Path) -> Iterator[Line]:
    """What an Excel of this version has against the add-in at `place`."""
    yield from _trust(computer, version, place)
    if _is_disabled(computer, version):
        yield Line(
            f"Excel {version} 停用",
            "Excel 停用了加载项。请点“文件 > 选项 > 加载项”,在“管理”里选“禁用项目”,启用它",
            State.WRONG,
        )
    yield from _addin_policies(computer, version)


def came_from_internet(place: Path) -> bool:
    """Whether Windows holds the file for one from the internet (its stream Zone.Identifier).

    https://learn.microsoft.com/openspecs/windows_protocols/ms-fscc/6e3f7352-d11c-4d76-8c39-2516a9df36e8
    """
    try:
        text = Path(f"{place}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "ZoneId=3" in text or "ZoneId=4" in text


def forbids_programs(computer: Computer) -> str:
    """How Defender's rule that Excel may start no other program stands: blocked, warned, or ""."""
    found = [_state(computer.machine.values(key) or {}) for key in RULES]
    managed = str((computer.machine.values(INTUNE) or {}).get("ASRRules", ""))
    pairs = (pair.partition("=") for pair in managed.split("|"))
    found.append(_state({name: value for name, _, value in pairs}))
    return next((state for state in (BLOCKED, WARNED) if state in found), "")


def _state(rules: Mapping[str, Value]) -> str:
    """What a list of rules says of ours; GUIDs are written in either case, braces or none."""
    return next(
        (str(value) for name, value in rules.items() if name.strip("{} ").upper() == RULE), ""
    )


def _trust(computer: Computer, version: str, place: Path) -> Iterator[Line]:
    """Whether Excel trusts the add-in's folder, and whether it may."""
    what = f"Excel {version} 受信任位置"
    trusted = (computer.registry.values(trusted_key(version)) or {}).get("Path")
    # excel16.admx, L_DisableTrustedLoc; office16.admx, L_Allowmixofpolicyanduserlocations
    key = r"{}\security\trusted locations"
    none_at_all = _policy(computer, version, key.format("excel"), "alllocationsdisabled")
    of_users = _policy(computer, version, key.format("common"), "allow user locations")
    ask = f"请用组策略把 {place.parent} 设为 Excel 的受信任位置。"
    if none_at_all == 1:
        yield Line(what, "单位的策略停用了所有受信任位置,宏可能不运行", State.WRONG, ask)
    elif of_users == 0:
        yield Line(what, "单位的策略不认用户自己的受信任位置,宏可能不运行", State.WRONG, ask)
    elif str(trusted or "").rstrip("\\").lower() != str(place.parent).lower():
        yield Line(what, "没有登记,请重新运行 gouji addin install", State.WRONG)
    else:
        yield Line(what, str(trusted))


# Where under the policies, the value that is 1, what it means. The names in office16.admx and
# excel16.admx: Disable VBA for Office applications; Disable all application add-ins; Require that
# application add-ins are signed by Trusted Publisher; Require trusted publisher signatures for
# macros that are always loaded, among which are Excel's xla and xlam.
_AGAINST: Final = (
    ("common", "vbaoff", "停用了所有 Office 的 VBA"),
    (r"excel\security", "disablealladdins", "停用了 Excel 的所有加载项"),
    (r"excel\security", "requireaddinsig", "只许有数字签名的加载项"),
    (r"common\security", "requirealwaysonmacrosig", "只许有数字签名的加载项随 Excel 打开"),
)


def _addin_policies(computer: Computer, version: str) -> Iterator[Line]:
    """Policies by which no add-in, or not this one, is opened."""
    what = f"Excel {version} 策略"
    for key, name, meaning in _AGAINST:
        if _policy(computer, version, key, name) == 1:
            ask = (
                f"请对这位用户放开策略 {POLICIES}\\{version}\\{key} 的 {name},"
                "或给加载项签上单位信任的证书。"
            )
            yield Line(what, f"单位的策略{meaning}({name})", State.WRONG, ask)
        elif _named(computer.registry.values(f"{key_of(version)}\\{key}"), name) == 1:
            where = "请在“文件 > 选项 > 信任中心 > 信任中心设置 > 加载项”里取消"
            yield Line(what, f"Excel 的设置{meaning},{where}", State.WRONG)
    # excel16.admx: List of managed add-ins, by the file's name, where 0 is blocked; Block all
    # unmanaged add-ins.
    listed = _policy(computer, version, r"excel\resiliency\addinlist", ADDIN)
    only_listed = _policy(computer, version, r"excel\resiliency", "restricttolist")
    if str(listed) == "0" or (only_listed == 1 and listed is None):
        ask = f"请在策略“托管加载项列表”里加上 {ADDIN},值为 1。"
        yield Line(what, "单位的策略只许列出的加载项", State.WRONG, ask)


def _policy(computer: Computer, version: str, key: str, name: str) -> Value | None:
    """What a policy says, that of the computer before that of the user."""
    for hive in (computer.machine, computer.registry):
        value = _named(hive.values(f"{POLICIES}\\{version}\\{key}"), name)
        if value is not None:
            return value
    return None


def _named(values: Mapping[str, Value] | None, name: str) -> Value | None:
    """The value of a name, which Windows takes in either case."""
    found = (value for one, value in (values or {}).items() if one.lower() == name.lower())
    return next(found, None)


def _is_disabled(computer: Computer, version: str) -> bool:
    """Whether the add-in is among the files that Excel opens no more after a crash.

    A value is three numbers of four bytes, then path and description in UTF-16.
    """
    key = key_of(version, "Excel", "Resiliency", "DisabledItems")
    values = (computer.registry.values(key) or {}).values()
    texts = (one.decode("utf-16-le", "ignore") for one in values if isinstance(one, bytes))
    return any(ADDIN in text.lower() for text in texts)
