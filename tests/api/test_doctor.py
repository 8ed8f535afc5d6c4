"""`rounds doctor` finds each thing that is not well, and says what to do about it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import insert

from server import clock, pages
from server.config import Settings
from server.db import writing
from server.models.notices import Notice
from server.services import doctor
from server.services.doctor import examine
from tests.make import a_network
from tests.serving import a_free_port

pytestmark = pytest.mark.usefixtures("app")


def found(settings: Settings, about: str) -> tuple[str, str]:
    """What it found about one thing, and what it says to do."""
    (one,) = [each for each in examine(settings) if each.about == about]
    return one.found, one.todo


def of_everybody(settings: Settings, port: int = 443) -> Settings:
    """Settings of a server that others reach too; 127.1 is this machine by another name."""
    return replace(settings, public_url=f"https://127.1:{port}")


def test_a_disk_that_is_nearly_full(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(settings, "Disk")[1] == ""

    monkeypatch.setattr(doctor, "LEAST_FREE", 2**60)

    assert found(settings, "Disk")[1].startswith("Make room")


def test_a_clock_that_is_behind(settings: Settings) -> None:
    assert found(settings, "Clock")[1] == ""

    with clock.clock_at(lambda: datetime(2020, 1, 1, tzinfo=UTC)):
        assert found(settings, "Clock") == (
            "It says 2020-01-01T00:00:00Z.",
            "Set the clock: sign-ins and reminders depend on it.",
        )


def test_an_app_that_is_not_built(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "DIST", tmp_path)

    assert "npm run build" in found(settings, "App")[1]


def test_an_address_at_which_nobody_answers(settings: Settings) -> None:
    said, todo = found(of_everybody(settings, a_free_port()), "Address")

    assert "does not answer by TLS" in said
    assert todo.startswith("Start the proxy in front")
    assert found(settings, "Address")[1] == ""


@pytest.mark.parametrize(("days", "todo"), [(3, "Renew the certificate."), (90, "")])
def test_a_certificate_that_ends_soon(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, todo: str
) -> None:
    certificate = a_certificate(tmp_path, days)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with a_front(certificate) as port:
        said = found(of_everybody(settings, port), "Address")

    assert said[1] == todo
    assert f"its certificate ends in {days - 1} days" in said[0]


def test_a_certificate_that_nobody_trusts(settings: Settings, tmp_path: Path) -> None:
    with a_front(a_certificate(tmp_path, 90)) as port:
        said, todo = found(of_everybody(settings, port), "Address")

    assert "CERTIFICATE_VERIFY_FAILED" in said
    assert "check its certificate" in todo


def test_a_key_for_notices_that_others_can_read(settings: Settings) -> None:
    key = settings.folder / "vapid.pem"
    key.write_text("a key")
    key.chmod(0o644)
    assert found(settings, "Notices")[1] == f"Run `chmod 600 {key}`."

    key.chmod(0o600)

    assert found(of_everybody(settings), "Notices")[1] == "Set VAPID_CONTACT."
    assert found(settings, "Notices")[1] == ""


def test_raw_notes_that_should_have_gone(settings: Settings) -> None:
    member = a_member_somewhere()
    assert found(settings, "Raw notes")[1] == ""

    with writing(member["network_id"]) as tx:
        due_at = clock.now() - timedelta(days=2)
        work = {"kind": "notes_go", "subject_id": clock.new_id(), "due_at": due_at}
        tx.execute(insert(Notice).values(**work, **member))

    assert found(settings, "Raw notes") == (
        "Those of 1 rounds should have been deleted a day ago.",
        "Is `rounds serve` running? It deletes them at night.",
    )
    assert found(settings, "Queue")[1] == "", "this is told where it belongs"


def a_member_somewhere() -> dict[str, str]:
    return {"network_id": a_network(), "member_id": clock.new_id()}


def test_a_database_that_is_not_up_to_date(tmp_path: Path) -> None:
    from tests.api.test_commands import rounds

    said = rounds(Settings(data_dir=str(tmp_path / "new")), "doctor")

    assert said.returncode == 1
    assert "Run `rounds migrate` first." in said.stdout


def a_certificate(folder: Path, days: int) -> Path:
    """For 127.1, its own authority, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.1")])
    begins = datetime.now(UTC) - timedelta(hours=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("127.1")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "front.pem"
    path.write_bytes(key.private_bytes(pem, *plain) + made.public_bytes(pem))
    return path


@contextmanager
def a_front(certificate: Path) -> Iterator[int]:
    """A proxy's port that speaks TLS and says no more."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            with suppress(OSError):
                near, _ = listener.accept()
                with context.wrap_socket(near, server_side=True):
                    pass

        greeting = threading.Thread(target=greet, daemon=True)
        greeting.start()
        yield int(listener.getsockname()[1])
        greeting.join(timeout=10)
