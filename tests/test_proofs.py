"""A value is set right in the picture: the page gives the line, and the line changes the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command_line import budgetkg

from budgetkg.forms import parse_document
from budgetkg.forms.corrections import CorrectionLine, corrected, offers

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "examples" / "formats" / "panyu-2024-projects.xlsx"
CHROMIUM = Path("/usr/bin/chromium")


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium")
def test_a_changed_value_becomes_a_line_that_changes_the_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: make browser")
    page_file, lines = tmp_path / "page.html", tmp_path / "readings.csv"
    budgetkg(capsys, "parse", SAMPLE, "--picture", page_file)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        page.goto(page_file.as_uri())
        assert not page.locator("#lines").is_visible()
        value = page.locator('textarea[data-field="annual_value"]').first
        page.locator("summary").filter(has_text="指标").first.click()
        before = value.input_value()
        value.fill('至少 "7", 场')
        page.locator('[name="reason"]').fill("legible on the scan")
        page.locator('[name="who"]').fill("budget office")
        assert page.locator("#lines").is_visible()
        with page.expect_download() as download:
            page.locator("#lines a").click()
        download.value.save_as(lines)
        browser.close()
    out, _ = budgetkg(capsys, "parse", SAMPLE, "--json", "--corrections", lines)
    read = json.dumps(json.loads(out), ensure_ascii=False)
    assert read.count('"reading-corrected"') == 1
    assert json.dumps('至少 "7", 场', ensure_ascii=False) in read
    assert before in read


@pytest.mark.parametrize("sample", sorted(ROOT.glob("examples/*.txt")), ids=lambda path: path.name)
def test_each_place_that_is_offered_means_its_own_thing(sample: Path) -> None:
    (record,) = parse_document(sample.read_bytes(), sample.name)
    found = [offer for offer in offers(record) if offer.field in {"name", "department"}]
    assert found
    for offer in found:
        line = CorrectionLine(record.sha256, offer.place, offer.field, f"{offer.value}改", "", "")
        values = {(one.place, one.field): one.value for one in offers(corrected(record, [line]))}
        assert f"{offer.value}改" in values.values()
