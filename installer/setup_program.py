"""Setup.exe: NSIS, signatures, and what lies beside it."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from freeze import version
from steps import INSTALLER, ROOT, BuildError, megabytes, require, run, say, step

MOST_MEGABYTES = 28
ICON = ROOT / "resources" / "app" / "cashier.ico"
SIGNED = ("cashier.exe", "cashier.com")


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate for signing code, and the service that stamps the time; empty for none."""

    certificate: Path
    key: Path
    timestamp: str = ""

    def command(self, file: str, signed: str) -> list[str]:
        """osslsigncode's command line."""
        stamp = ("-ts", self.timestamp) if self.timestamp else ()
        who = ("-certs", str(self.certificate), "-key", str(self.key))
        what = ("-h", "sha256", "-n", "Cashier")
        return ["osslsigncode", "sign", *who, *what, *stamp, "-in", file, "-out", signed]

    def sign(self, file: Path) -> None:
        """Sign a program in its place. Raises BuildError."""
        signed = file.with_name(f"{file.name}.signed")
        run(self.command(str(file), str(signed)))
        signed.replace(file)

    def finisher(self, folder: Path) -> str:
        """The command that signs the uninstaller, which NSIS makes inside Setup.exe."""
        script = folder / "sign-uninstaller.sh"
        words = " ".join(self.command('"$1"', '"$1.signed"'))
        script.write_text(f'set -e\n{words}\nmv "$1.signed" "$1"\n', encoding="utf-8")
        return f'sh {script} "%1"'


def self_signed(folder: Path) -> Signer:
    """A certificate that nobody trusts, for trying out how signing goes."""
    certificate, key = folder / "test.crt", folder / "test.key"
    purpose = ("-addext", "extendedKeyUsage=codeSigning", "-addext", "keyUsage=digitalSignature")
    made = ("-keyout", key, "-out", certificate, "-days", "30", "-subj", "/CN=Cashier test build")
    run(["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", *made, *purpose])
    return Signer(certificate, key)


def check_signature(file: Path, signer: Signer) -> None:
    """Whether the file is signed and whole. Raises BuildError."""
    proof = ("-ignore-crl", "-CAfile", signer.certificate, "-in", file)
    said = run(["osslsigncode", "verify", *proof], expect=None)
    require("Signature verification: ok" in said, f"{file.name} is not signed well:\n{said}")


def make_setup(
    folder: Path, target: Path, *, number: str, signer: Signer | None, quick: bool = False
) -> Path:
    """Setup.exe for the frozen folder, of this version. `quick` makes it larger and sooner."""
    makensis = shutil.which("makensis") or r"C:\Program Files (x86)\NSIS\makensis.exe"
    defined = {"SOURCE": str(folder), "VERSION": number, "OUT": str(target), "ICON": str(ICON)}
    if quick:
        defined["QUICK"] = "1"
    if signer is not None and shutil.which("sh"):
        defined["SIGN"] = signer.finisher(target.parent)
    target.parent.mkdir(parents=True, exist_ok=True)
    options = [f"-D{name}={value}" for name, value in defined.items()]
    script = INSTALLER / "windows" / "setup.nsi"
    run([makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, script])
    if signer is not None:
        signer.sign(target)
        check_signature(target, signer)
    return target


def release(folder: Path, dist: Path, *, signer: Signer | None) -> Path:
    """The signed programs, Setup.exe, and beside it the list of parts, licences and hashes."""
    if signer is not None:
        for name in SIGNED:
            signer.sign(folder / name)
            check_signature(folder / name, signer)
    target = dist / f"Cashier-{version()}-Setup.exe"
    with step("Setup.exe"):
        make_setup(folder, target, number=version(), signer=signer)
    size = megabytes(target)
    say(f"  {target.name}: {size:.1f} MB")
    require(size <= MOST_MEGABYTES, f"the goal is {MOST_MEGABYTES} MB")
    inside = folder / "_internal" / "resources" / "libraries"
    notices = ("LICENSES.txt", "cashier.cdx.json")
    beside = [target, *(Path(shutil.copy(inside / name, dist / name)) for name in notices)]
    shutil.copy(ROOT / "LICENSE", dist / "LICENSE.txt")
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in beside]
    (dist / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    return target


def tampered(setup: Path, signer: Signer) -> bool:
    """Whether a Setup.exe with one byte changed still passes for signed; it must not."""
    copy = setup.with_name("tampered.exe")
    data = bytearray(setup.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    try:
        check_signature(copy, signer)
    except BuildError:
        return False
    finally:
        copy.unlink()
    return True
