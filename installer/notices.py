"""What goes with the program about the work of others: their licences, and the list of parts.

    python notices.py PACKAGES PYTHON_LICENCE TARGET SYSTEM VERSION

reads the installed packages in the folder PACKAGES and writes into TARGET `LICENSES.txt` and
`cashier.cdx.json`, a CycloneDX list with versions, licences and package URLs.
"""

from __future__ import annotations

import platform
import sys
from email.message import Message
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

TEXTS = Path(__file__).resolve().parent / "licences"
FILE_NAMES = ("licen", "copying", "notice", "authors")
QT_COPIES = ("LGPL-3.0.txt", "GPL-3.0.txt")
# Packages that name their licence in words where an identifier is wanted.
IDENTIFIERS = {
    "backports.tarfile": "MIT",
    "jaraco.classes": "MIT",
    "Jinja2": "BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "pywin32-ctypes": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "PySide6_Essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}
INTRODUCTION = (
    "Cashier contains the work of others, which is listed here with its licences. Fonts and icons "
    "have theirs in Settings, About."
)
QT_NOTE = (
    "Qt and Qt for Python are used under the GNU Lesser General Public License, version 3. Their "
    "libraries lie beside the program as files of their own and may be replaced by other builds "
    "of the same version. Their source code is published by The Qt Company."
)


class UnknownLicenceError(Exception):
    """A package that does not say under which licence it may be passed on."""


def identifier(package: Distribution) -> str:
    """The licence as an SPDX expression. Raises UnknownLicenceError."""
    told: Message = package.metadata  # type: ignore[assignment]
    name = told["Name"]
    found = IDENTIFIERS.get(name) or told["License-Expression"] or told["License"]
    if not found or len(found) > 80:
        raise UnknownLicenceError(name)
    return str(found)


def texts(package: Distribution) -> list[str]:
    """The package's own licence files. Raises UnknownLicenceError where there is none."""
    name = package.metadata["Name"]
    files = [
        file
        for file in package.files or ()
        if ".dist-info" in str(file) and file.name.lower().startswith(FILE_NAMES)
    ]
    found = [Path(str(file.locate())).read_text("utf-8", "replace") for file in sorted(files)]
    if name in ("PySide6_Essentials", "shiboken6"):
        found = [QT_NOTE, "The text of the licence stands at the end of this file."]
    if not found:
        raise UnknownLicenceError(name)
    return found


def all_licences(packages: list[Distribution], python_licence: Path) -> str:
    """One text with everybody's licence."""
    line = "=" * 78
    parts = [INTRODUCTION]
    for package in packages:
        name, version = package.metadata["Name"], package.version
        parts.append(f"{line}\n{name} {version}: {identifier(package)}\n{line}")
        parts.extend(text.strip() for text in texts(package))
    parts.append(f"{line}\nCPython: PSF-2.0\n{line}")
    parts.append(python_licence.read_text("utf-8", "replace").strip())
    for name in QT_COPIES:
        parts.append(f"{line}\n{name.removesuffix('.txt')}\n{line}")
        parts.append((TEXTS / name).read_text("utf-8").strip())
    return "\n\n".join(parts) + "\n"


def parts_list(packages: list[Distribution], system: str, version: str) -> str:
    """The program and its packages in CycloneDX 1.6, checked against the format's own schema."""
    licences = LicenseFactory()
    program = Component(
        name="cashier",
        version=version,
        type=ComponentType.APPLICATION,
        licenses=[licences.make_from_string("MIT")],
        bom_ref=f"cashier-{version}-{system}",
    )
    bom = Bom()
    bom.metadata.component = program
    python = Component(
        name="cpython",
        version=platform.python_version(),
        type=ComponentType.PLATFORM,
        licenses=[licences.make_from_string("PSF-2.0")],
        bom_ref="cpython",
    )
    bom.components.add(python)
    parts = [python]
    for package in packages:
        name = package.metadata["Name"]
        purl = PackageURL("pypi", name=name.lower().replace("_", "-"), version=package.version)
        part = Component(
            name=name,
            version=package.version,
            type=ComponentType.LIBRARY,
            licenses=[licences.make_from_string(identifier(package))],
            purl=purl,
            bom_ref=str(purl),
        )
        bom.components.add(part)
        parts.append(part)
    bom.register_dependency(program, parts)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    trouble = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if trouble is not None:
        raise ValueError(trouble)
    return text + "\n"


def main(folder: str, python_licence: str, target: str, system: str, version: str) -> None:
    packages = sorted(
        distributions(path=[folder]), key=lambda package: package.metadata["Name"].lower()
    )
    place = Path(target)
    place.mkdir(parents=True, exist_ok=True)
    licences = all_licences(packages, Path(python_licence))
    (place / "LICENSES.txt").write_text(licences, encoding="utf-8")
    parts = parts_list(packages, system, version)
    (place / "cashier.cdx.json").write_text(parts, encoding="utf-8")
    print(f"{len(packages)} packages")


if __name__ == "__main__":
    main(*sys.argv[1:])
