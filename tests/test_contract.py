"""The sandbox keeps to the guide as an OpenAPI file, in short form.

The long form is `python -m tests.contract`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest
import schemathesis

from cashier.sandbox.server import SandboxServer
from cashier.sandbox.values import Profile
from tests.contract.requests_made_up import CALLS, FILE, access, run

DOCUMENT: dict[str, Any] = schemathesis.openapi.from_path(str(FILE)).raw_schema


def parts(call: str) -> Iterator[dict[str, Any]]:
    """The request and the good answer of a call, each with its schema and the guide's example."""
    operation = DOCUMENT["paths"][f"/{call}"]["post"]
    for one in (operation["requestBody"], operation["responses"]["200"]):
        yield one["content"]["application/json"]


def test_the_file_has_the_eight_calls_of_the_guide() -> None:
    assert {f"/{call}" for call in CALLS} == set(DOCUMENT["paths"])


@pytest.mark.parametrize("call", CALLS)
def test_the_examples_of_the_guide_fit_their_schemas(call: str) -> None:
    for part in parts(call):
        schema = {**part["schema"], "components": DOCUMENT["components"]}
        jsonschema_rs.Draft202012Validator(schema).validate(part["example"])


@pytest.mark.parametrize("call", CALLS)
def test_the_examples_of_the_guide_are_read_by_the_sandbox(call: str) -> None:
    """None of them is malformed; most are about something that is not there."""
    part, _ = parts(call)
    with SandboxServer(Profile.SPEC) as sandbox:
        answer = httpx.post(
            f"{sandbox.base_url}/{call}", json=part["example"], headers=access(), trust_env=False
        )
    assert answer.json().get("error") not in (0, 400)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("profile", Profile)
def test_requests_that_fit_or_break_the_schema_are_answered_by_it(
    profile: Profile, call: str
) -> None:
    seen = run(profile, call, 20 if profile is Profile.SPEC else 8)
    assert seen.requests >= 8
    assert seen.statuses["HTTP 200"] > 0


def test_a_schema_that_the_sandbox_does_not_keep_to_would_be_found(tmp_path: Path) -> None:
    wrong = FILE.read_text(encoding="utf-8").replace(
        "required: [id, name, description,", "required: [id, owner, description,"
    )
    path = tmp_path / "wrong.yaml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(BaseExceptionGroup) as caught:
        run(Profile.SPEC, "GetTerminal", 25, file=path)
    told = " ".join(str(one) for one in caught.value.exceptions)
    assert '"owner" is a required property' in told
