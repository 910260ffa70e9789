"""The page of the server as text: its policy, its words."""

import base64
import hashlib
import re

import pytest

from fcnn.chinese.serve_page import SERVE_TEXTS
from fcnn.report.templates import read
from fcnn.serve.page.words import WORDS


def test_the_policy_allows_exactly_the_script_and_the_style_of_the_page(client):
    answer = client.get("/")
    policy = dict(each.partition(" ")[::2] for each in answer.headers["Content-Security-Policy"].split("; "))
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        assert policy[name] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    assert not re.search(r"\son\w+=|style=|https?://", answer.text), "handlers, styles or addresses of others"


def test_the_page_has_the_style_of_its_own_parts(client):
    page = client.get("/").text
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    styled = {*re.findall(r"\.([a-z]+)", style)}
    assert {"buttons", "columns"} <= styled & {
        word for each in re.findall(r'class="(.*?)"', page) for word in each.split()
    }


def test_the_page_is_in_the_language_of_the_browser_of_the_address_or_of_the_server(asking):
    def language(client, address="/", asked="en"):
        return re.findall(r'<html lang="(.*?)">', client.get(address, headers={"Accept-Language": asked}).text)[0]

    client = asking()
    assert language(client) == "en"
    assert language(client, asked="zh-TW,zh;q=0.9") == "zh-CN"
    assert language(client, asked="fr") == "en"
    assert language(client, address="/?lang=zh") == "zh-CN"
    assert language(asking(language="zh")) == "zh-CN"


@pytest.mark.parametrize("key", WORDS)
def test_every_word_of_the_page_has_a_translation(key):
    english = WORDS[key]
    assert sorted(re.findall(r"\{\w+\}", SERVE_TEXTS[english])) == sorted(re.findall(r"\{\w+\}", english))


def test_the_page_has_no_other_words(client):
    assert set(SERVE_TEXTS) == set(WORDS.values())
    script = client.get("/").text.rpartition("<script>")[2]
    template = read("fcnn.serve.page", "page.html")
    used = {*re.findall(r"""["'](\w+)["']""", script), *re.findall(r"words(?:\.|\[')(\w+)", template)}
    assert set(WORDS) - used == set()
    assert set(re.findall(r"say\([\"'](\w+)[\"']", script)) <= set(WORDS)
