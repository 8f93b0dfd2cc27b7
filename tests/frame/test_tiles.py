"""Pictures behind the outlines: only from a server that is named, and only its hosts are let in."""

import pytest
from django.test import Client, override_settings

from linli.frame.tiles import Tiles, faults

MANY = "https://t{s}.tianditu.gov.cn/vec_w/wmts?z={z}&x={x}&y={y}&tk=token"
ONE = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("url", "servers", "sources"),
    [
        (ONE, "01", ("https://tiles.example.org",)),
        (MANY, "07", ("https://t0.tianditu.gov.cn", "https://t7.tianditu.gov.cn")),
        ("https://tiles.example.org:8443/{s}/{z}/{x}/{y}", "ab", ("https://tiles.example.org:8443",)),
    ],
)
def test_the_hosts_let_in(url, servers, sources):
    assert Tiles(url, "a", servers).sources == sources


@pytest.mark.parametrize(
    ("url", "attribution", "words"),
    [
        ("", "", []),
        (MANY, "天地图", []),
        (ONE, "", ["say whose map it is"]),
        ("http://tiles.example.org/{z}/{x}/{y}", "a", ["https address"]),
        ("https://x;script-src *;/{z}/{x}/{y}", "a", ["https address"]),
        ("https://*/{z}/{x}/{y}", "a", ["https address"]),
        ("https://tiles.example.org/{z}/{x}", "a", ["must hold"]),
        ("tiles", "", ["https address", "must hold", "say whose"]),
    ],
)
def test_an_address_that_cannot_be_used_is_named(url, attribution, words):
    found = faults(url, attribution)
    assert len(found) == len(words)
    assert all(word in fault for word, fault in zip(words, found, strict=True))


def policy() -> str:
    return str(Client().get("/healthz")["Content-Security-Policy"])


def test_nobody_is_asked_unless_named(db):
    assert "img-src 'self' data: blob:;" in policy()
    with override_settings(TILES=Tiles(ONE, "a")):
        named = policy()
    assert "img-src 'self' data: blob: https://tiles.example.org;" in named
    assert named.replace(" https://tiles.example.org", "") == policy()
