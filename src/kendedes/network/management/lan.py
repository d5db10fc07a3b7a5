"""HTTPS for phones on the office network without a public server: the association's own certificate authority.

``kendedes serve --lan`` makes it once in the home (``jaringan-kantor/``). A phone that installs its certificate trusts
this one gallery: the authority may only vouch for addresses of private networks and for ``.local`` names.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FOLDER = "jaringan-kantor"
YEARS = timedelta(days=3650)  # of the authority
LASTS = timedelta(days=397)  # of the server's certificate; browsers distrust longer ones
RENEW = timedelta(days=30)  # before its end
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")


@dataclass(frozen=True, slots=True)
class Identity:
    """Files of the server and of the authority, and the authority's fingerprint (SHA-256, upper case, by colons)."""

    certificate: Path
    key: Path
    authority: Path
    fingerprint: str


def identity(home: Path, names: Iterable[str], now: datetime) -> Identity:
    """Make what is missing or too old; ``names``: host names and addresses the server answers to."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, root = _authority(folder, now)
    wanted = sorted(set(names))
    certificate = folder / "server.crt"
    if not _serves(certificate, wanted, now):
        _issue(folder, key, root, wanted, now)
    return Identity(certificate, folder / "server.key", folder / "ca.crt", fingerprint(root))


def known(home: Path) -> Identity | None:
    """What ``identity`` made before; None where phones were never let in."""
    folder = home / FOLDER
    if not (folder / "ca.crt").is_file():
        return None
    root = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    return Identity(folder / "server.crt", folder / "server.key", folder / "ca.crt", fingerprint(root))


def fingerprint(certificate: x509.Certificate) -> str:
    """``A1:B2:…``, as phones show it."""
    return ":".join(f"{byte:02X}" for byte in certificate.fingerprint(hashes.SHA256()))


def own_names() -> list[str]:
    """Names and private addresses of this machine, the one that others reach first."""
    found = [address for address in (_outward(), *_resolved()) if address]
    host = socket.gethostname().split(".")[0].lower()
    return list(dict.fromkeys([*found, *([f"{host}.local"] if host else []), "localhost", "127.0.0.1"]))


def _outward() -> str:
    """The address packets to the network would carry; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))
        except OSError:
            return ""
        address = str(probe.getsockname()[0])
    return address if _is_private(address) else ""


def _resolved() -> list[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [str(info[4][0]) for info in found if _is_private(str(info[4][0]))]


def _is_private(address: str) -> bool:
    """Whether the authority may vouch for it."""
    return any(ipaddress.ip_address(address) in ipaddress.ip_network(net) for net in PRIVATE)


def _authority(folder: Path, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    where, public = folder / "ca.key", folder / "ca.crt"
    if where.is_file() and public.is_file():
        loaded = serialization.load_pem_private_key(where.read_bytes(), password=None)
        if not isinstance(loaded, ec.EllipticCurvePrivateKey):
            raise TypeError("ca.key is not of our kind")
        return loaded, x509.load_pem_x509_certificate(public.read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Kendedes – jaringan kantor {now:%Y}")])
    only = [x509.IPAddress(ipaddress.ip_network(net)) for net in PRIVATE]
    made = (
        _builder(name, name, key, now, YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign=True), critical=True)
        .add_extension(
            x509.NameConstraints([*only, x509.DNSName("local"), x509.DNSName("localhost")], None), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    _write_key(where, key)
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return key, made


def _issue(
    folder: Path, key: ec.EllipticCurvePrivateKey, root: x509.Certificate, names: Iterable[str], now: datetime
) -> None:  # fmt: skip
    own = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Galeri Kendedes")])
    made = (
        _builder(subject, root.subject, own, now, LASTS)
        .add_extension(x509.SubjectAlternativeName([_named(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(folder / "server.key", own)
    chain = made.public_bytes(serialization.Encoding.PEM) + root.public_bytes(serialization.Encoding.PEM)
    (folder / "server.crt").write_bytes(chain)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    start = now.astimezone(UTC) - timedelta(days=1)  # phones' clocks are off by a little
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    dated = builder.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + lasts)
    return dated.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _usage(*, sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=sign, crl_sign=sign, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _named(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _serves(path: Path, names: Iterable[str], now: datetime) -> bool:
    """Whether the certificate there is for these names and lasts a while."""
    if not path.is_file():
        return False
    found = x509.load_pem_x509_certificate(path.read_bytes())
    listed = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    held = {str(name.value) for name in listed}
    return held >= set(names) and found.not_valid_after_utc - now.astimezone(UTC) > RENEW


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """PKCS #8, readable by the owner only from its first byte on."""
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )  # fmt: skip
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
