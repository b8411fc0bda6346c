"""Another encoder by its folder's name, and libraries that another encoder indexed."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ui.cli.main import main

SPEECH = "云州市市场监管局2024年工作会议讲话\n一、电梯\n电梯检验由特种设备科负责，每季度一次。\n二、食品\n食品抽检合格率达到98%以上。\n"


@pytest.fixture
def wennuo(tmp_path, monkeypatch):
    """Runs a command on one home with the encoder given, and returns its result."""
    (tmp_path / "讲话.txt").write_text(SPEECH, encoding="utf-8")

    def run(encoder, *arguments):
        if encoder:
            monkeypatch.setenv("WENNUO_ENCODER", str(encoder))
        else:
            monkeypatch.delenv("WENNUO_ENCODER", raising=False)
        return CliRunner().invoke(main, [*arguments, "--home", str(tmp_path / "home")])

    return run


def test_library_of_the_encoder_without_weights_is_told_how_to_go_on(wennuo, tmp_path):
    assert wennuo("hashing", "ingest", str(tmp_path / "讲话.txt"), "--jobs", "1").exit_code == 0
    for command in (("ask", "电梯谁管？"), ("search", "电梯"), ("ingest", str(tmp_path / "讲话.txt"))):
        refused = wennuo(None, *command)
        assert refused.exit_code == 1
        assert "run `wennuo reindex` once" in refused.stderr
        assert "WENNUO_ENCODER=hashing" in refused.stderr
    assert wennuo("hashing", "search", "电梯").exit_code == 0
    assert wennuo(None, "reindex").exit_code == 0
    assert "电梯" in wennuo(None, "search", "电梯").output
    assert wennuo(None, "doctor").exit_code == 0


@pytest.mark.slow
def test_transformer_of_any_make_plugs_in(wennuo, tmp_path):
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    characters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(SPEECH) - {"\n"})]
    (tmp_path / "vocab.txt").write_text("\n".join(characters), encoding="utf-8")
    torch.manual_seed(1)
    tiny = BertConfig(
        vocab_size=len(characters),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertModel(tiny).save_pretrained(tmp_path / "bert")
    vocabulary = {character: at for at, character in enumerate(characters)}
    BertTokenizerFast(vocab=vocabulary, model_max_length=128).save_pretrained(tmp_path / "bert")
    SentenceTransformer(str(tmp_path / "bert"), device="cpu").save(str(tmp_path / "tiny"))

    assert wennuo(None, "ingest", str(tmp_path / "讲话.txt"), "--jobs", "1").exit_code == 0
    assert wennuo(tmp_path / "tiny", "search", "电梯").exit_code == 1
    assert wennuo(tmp_path / "tiny", "reindex").exit_code == 0
    found = wennuo(tmp_path / "tiny", "search", "电梯检验", "--json")
    assert "电梯检验" in json.loads(found.stdout)["passages"][0]["text"]
    assert wennuo(tmp_path / "tiny", "doctor").exit_code == 0
    back = wennuo(None, "search", "电梯")
    assert (back.exit_code, "run `wennuo reindex`" in back.stderr) == (1, True)
