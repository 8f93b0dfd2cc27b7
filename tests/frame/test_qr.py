"""QR codes fit the security policy and say what they hold."""

import pytest

from linli.frame.qr import svg


def test_a_code_has_no_inline_style_and_no_fixed_size():
    drawn = svg("https://linli.example/t/7K3M-Q0ZD/", label='扫码"看"进度')
    assert drawn.startswith("<svg ")
    assert "style=" not in drawn
    assert " width=" not in drawn.split(">")[0]
    assert "viewBox=" in drawn
    assert 'role="img" aria-label="扫码&quot;看&quot;进度"' in drawn


def test_a_code_without_a_label_is_decoration():
    assert 'aria-hidden="true"' in svg("x")


def test_too_much_for_a_code_is_refused():
    with pytest.raises(ValueError):
        svg("字" * 2000)
