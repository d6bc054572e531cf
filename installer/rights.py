"""Who may write to what was installed for everybody: security control 25 of the program folder."""

from __future__ import annotations

import re
from pathlib import Path

from machines import Machine, Wine
from steps import require

# The owner and the access list, in Microsoft's security descriptor definition language.
_ASK = """
import ctypes, sys
security, text = ctypes.c_void_p(), ctypes.c_wchar_p()
api, nothing = ctypes.windll.advapi32, [None] * 4
failed = api.GetNamedSecurityInfoW(sys.argv[1], 1, 5, *nothing, ctypes.byref(security))
assert not failed, failed
api.ConvertSecurityDescriptorToStringSecurityDescriptorW(security, 1, 5, ctypes.byref(text), None)
print(text.value)
"""
_READING = {"FR": 0x120089, "FX": 0x1200A0, "GR": 0x80000000, "GX": 0x20000000, "RC": 0x20000}
# Data, attributes, children, the file itself, its rights and its owner; generic write and all.
_WRITING = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0xD0000 | 0x40000000 | 0x10000000
_ALL = 0xFFFFFFFF


def descriptor(machine: Machine, path: Path) -> str:
    """The owner and the access list of a file or folder."""
    return machine.python("-c", _ASK, path).split()[-1]


def owner(descriptor: str) -> str:
    """Who owns it: an abbreviation such as `BA`, the administrators, or a SID."""
    found = re.match(r"O:(.+?)(?:G:|D:)", descriptor)
    return found[1] if found else ""


def writers(descriptor: str) -> set[str]:
    """Everybody who may change it in any way. A right that is not known here counts as writing."""
    return {
        who
        for rights, who in re.findall(r"\((?:A|OA);[^;]*;([^;]*);[^;]*;[^;]*;([^)]+)\)", descriptor)
        if _mask(rights) & _WRITING
    }


def _mask(rights: str) -> int:
    if rights.startswith("0x"):
        return int(rights, 16)
    mask = 0
    for name in re.findall("..?", rights):
        mask |= _READING.get(name, _ALL)
    return mask


def require_protected(machine: Machine, folder: Path) -> None:
    """Raise BuildError unless only administrators and the system may write to the folder.

    Wine keeps a file's rights as those of Linux: its only administrator owns what he made, and
    what is in a folder inherits nothing. So there the folder itself is looked at, no file in it.
    """
    is_wine = isinstance(machine, Wine)
    paths = [folder] if is_wine else [folder, *folder.iterdir()]
    for path in paths:
        told = descriptor(machine, path)
        trusted = {"SY", "BA", *({owner(told)} if is_wine else ())}
        strangers = writers(told) - trusted
        require(not strangers, f"{strangers} may write to {path}: {told}")
        require(owner(told) in trusted, f"{owner(told)} owns {path}")
