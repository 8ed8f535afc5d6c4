"""`make audit` believes an answer only where there was one."""

from __future__ import annotations

from tests.audit import findings


def test_packages_without_a_known_weakness_are_nothing_to_look_at() -> None:
    report = {"dependencies": [{"name": "flask", "version": "3.1.3", "vulns": []}], "fixes": []}

    assert [*findings(report)] == []


def test_a_known_weakness_is_told_with_the_version_that_mends_it() -> None:
    weakness = {"id": "CVE-2099-1", "fix_versions": ["3.1.4"]}
    report = {"dependencies": [{"name": "flask", "version": "3.1.3", "vulns": [weakness]}]}

    assert [*findings(report)] == ["flask 3.1.3: CVE-2099-1, mended in 3.1.4"]


def test_a_package_that_was_not_asked_about_is_no_good_news() -> None:
    report = {"dependencies": [{"name": "flask", "skip_reason": "no network"}]}

    assert [*findings(report)] == ["flask: not asked about: no network"]
    assert [*findings({"dependencies": []})] == ["no package was asked about"]
