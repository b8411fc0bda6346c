"""The tab of quality on a real library: the figures of `wennuo eval`, and a collection that curators do not see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from quality_fakes import PEOPLE, lines
from test_quality_browser import DOCUMENT, SET
from test_ui_browser import SPEECH, UPLOAD

from assistant.bootstrap import make_assistant
from corpus.library import Library
from corpus.settings import LibrarySettings
from evals.judging import summary
from evals.page import number
from ingest.pipeline import ingest
from ui.cli.main import main
from ui.office import Office
from ui.people import Person
from ui.quality.desk import QualityDesk
from ui.quality.runner import Order
from ui.quality.runs import Where
from ui.settings import OfficeSettings

pytestmark = pytest.mark.slow
SECRET = "鹿鸣县2025.txt"
CURATOR = Person(PEOPLE["curator"], "curator", "c")
ADMIN = Person(PEOPLE["admin"], "admin", "a")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QualityDesk]:
    folder, home = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("home")
    (folder / DOCUMENT).write_text(SPEECH, encoding="utf-8")
    (folder / SECRET).write_text(UPLOAD, encoding="utf-8")
    with Library.open(LibrarySettings(home), write=True) as library:
        assert not ingest(library, [folder], jobs=1).failed
        library.set_collection("县里的", "admin")
        library.assign(SECRET, ["县里的"])
        office = Office(library, make_assistant, OfficeSettings(accounts=True))
        desk = QualityDesk(office)
        desk.sets.take("抽查.jsonl", lines(SET))
        yield desk
        desk.runner.close()
        office.store.close()


def run(desk: QualityDesk, where: Where, person: Person = ADMIN) -> str:
    entry = desk.set(person, "office/抽查")
    assert entry is not None
    desk.runner.start(Order(entry, desk.sets.read(entry), where))
    desk.runner.wait(60)
    progress = desk.runner.progress()
    assert progress is not None
    assert progress.stage == "done"
    return progress.run


def test_the_tab_shows_the_figures_of_the_command_line(desk: QualityDesk) -> None:
    values = summary(desk.runs.read(run(desk, "admin")).judgements)
    home = desk.office.library.settings.home
    printed = CliRunner().invoke(main, ["eval", str(home / "questions" / "抽查.jsonl"), "--home", str(home)])
    assert printed.exit_code == 0, printed.output
    told = dict(re.findall(r"^(\S+)\s+(\S+)$", printed.stdout, re.M))
    assert values["correct"] == pytest.approx(2 / 3)
    for name, value in values.items():
        if value is not None:
            assert told[name] == number(value), name


def test_a_kept_run_is_compared_on_the_command_line(desk: QualityDesk, tmp_path: Path) -> None:
    home = desk.office.library.settings.home
    kept = home / "evaluations" / f"{run(desk, 'admin')}.jsonl"
    compared = CliRunner().invoke(
        main, ["eval", str(home / "questions" / "抽查.jsonl"), "--home", str(home), "--compare", str(kept)]
    )
    assert compared.exit_code == 0, compared.output
    assert re.search(r"^correct\s+0\.667\s+0\.667\s+\+0\.000", compared.stdout, re.M)


def test_a_run_over_the_curators_view_knows_nothing_of_what_is_withheld(desk: QualityDesk) -> None:
    theirs, mine = desk.runs.read(run(desk, "curator")), desk.runs.read(run(desk, "admin"))
    assert set(theirs.about["documents"]) == {DOCUMENT}
    assert set(mine.about["documents"]) == {DOCUMENT, SECRET}
    passages = [found for one in theirs.judgements for found in one.record.passages or ()]
    assert {found.document for found in passages} == {DOCUMENT}
    assert desk.hidden(CURATOR) == {SECRET}
    assert all(entry.audience == "curator" for entry in desk.visible_runs(CURATOR))
    assert {entry.audience for entry in desk.visible_runs(ADMIN)} == {"curator", "admin"}
    desk.office.library.assign(DOCUMENT, ["县里的"])
    assert desk.visible_runs(CURATOR) == ()
    desk.office.library.assign(DOCUMENT, [])
    assert desk.visible_runs(CURATOR)


def test_the_demonstration_is_asked_in_a_library_of_its_own(desk: QualityDesk) -> None:
    with desk._opened("demonstration") as (library, assistant):
        assert len(library.entries()) > 10
        assert library.settings.home != desk.office.library.settings.home
        assert assistant.answer("2023年全市工作会议定的经营主体年末目标是多少？").citations
    assert not library.settings.home.exists()
