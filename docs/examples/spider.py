"""Crawls one site into pages-raw. pip install 'withdrawal-streams[scrapy]'

scrapy runspider spider.py -a start=https://news.example/ -s STREAMS_BOOTSTRAP_SERVERS=localhost:9092
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import scrapy

from streams.scrapy import page_of


class Site(scrapy.Spider):
    name = "site"
    custom_settings = {"ITEM_PIPELINES": {"streams.scrapy.PagesRaw": 900}}

    def __init__(self, start: str) -> None:
        super().__init__()
        self.start_urls, self.allowed_domains = [start], [str(urlsplit(start).hostname)]

    def parse(self, response: Any) -> Iterator[Any]:
        yield page_of(response)
        yield from response.follow_all(css="a")
