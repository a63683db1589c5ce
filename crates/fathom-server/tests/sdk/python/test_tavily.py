"""tavily-python 0.8.5: synchronous and asynchronous. `get_search_context` is left out: it fetches a tokenizer from the web."""

import base64
import json
import unittest

import requests
from tavily import AsyncTavilyClient, BadRequestError, TavilyClient

from support import KEY, WithProgram, page

INPUT = "What are the population and the exports of Norway?"
SCHEMA = {
    "properties": {
        "capital": {"type": "string", "description": "The capital"},
        "population": {"type": "integer", "description": "People"},
    },
    "required": ["capital"],
}


def frames(chunks):
    """The frames of a stream that arrives as bytes."""
    text = b"".join(chunks).decode()
    parts = [frame.split("\n") for frame in text.split("\n\n") if frame]
    return [(event[len("event: ") :], data[len("data: ") :]) for event, data in parts]


class Synchronous(WithProgram):
    def setUp(self):
        self.client = TavilyClient(KEY, api_base_url=f"{self.base}/local/tavily")

    def finished(self, request_id, **options):
        while True:
            task = self.client.get_research(request_id, **options)
            if task["status"] in ("completed", "failed"):
                return task
            self.assertIn(task["status"], ("pending", "in_progress"))

    def test_research(self):
        created = self.client.research(INPUT, model="mini")
        self.assertEqual((created["status"], created["input"], created["model"]), ("pending", INPUT, "mini"))
        task = self.finished(created["request_id"], include_usage=True)
        self.assertEqual(task["status"], "completed")
        self.assertIn("5,500,000", task["content"])
        self.assertIn("[1]", task["content"])
        self.assertEqual(task["sources"][0]["url"], page("norway"))
        self.assertEqual(task["usage"], {"credits": 0})
        self.assertNotIn("usage", self.client.get_research(created["request_id"], include_usage=False))

    def test_research_with_everything(self):
        data = base64.b64encode(b"# Cobalt memo\n\nThe Senja mine produced 742 tonnes of cobalt.\n").decode()
        created = self.client.research(
            "How much cobalt did the Senja mine produce?", model="pro", citation_format="apa", include_domains=["example.org"],
            exclude_domains=["bakery.example"], output_length="long", files=[{"name": "memo.md", "data": data, "type": "base64"}],
        )
        task = self.finished(created["request_id"])
        self.assertIn("742 tonnes", task["content"])
        self.assertIn("## References", task["content"])
        created = self.client.research("Key figures of Finland", output_schema=SCHEMA)
        self.assertEqual(self.finished(created["request_id"])["content"], {"capital": "Helsinki", "population": 5600000})

    def test_stream(self):
        told = frames(self.client.research(INPUT, stream=True, model="pro"))
        self.assertEqual(told[-1], ("done", "[DONE]"))
        chunks = [json.loads(data) for event, data in told[:-1] if event == "chat.completion.chunk"]
        self.assertEqual(len(chunks), len(told) - 1)
        text = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
        self.assertEqual(text, self.finished(chunks[0]["id"])["content"])
        self.assertEqual(chunks[-1]["choices"][0]["delta"]["sources"][0]["url"], page("norway"))

    def test_search(self):
        response = self.client.search("What does Norway export?", include_answer=True, include_raw_content="text", max_results=1,
                                      include_domains=["example.org"], max_age_hours=5, include_usage=True)
        self.assertIn("natural gas", response["answer"])
        [result] = response["results"]
        self.assertEqual(result["url"], page("norway"))
        self.assertIn("Oslo", result["raw_content"])
        self.assertEqual((response["images"], response["usage"]), ([], {"credits": 0}))
        self.assertIn("5,500,000", self.client.qna_search("What is the population of Norway?"))

    def test_extract_crawl_map(self):
        response = self.client.extract([page("norway"), "https://nowhere.invalid/"])
        self.assertIn("natural gas", response["results"][0]["raw_content"])
        self.assertEqual(response["failed_results"][0]["url"], "https://nowhere.invalid/")
        self.assertEqual(len(self.client.extract(page("norway"), query="exports")["results"]), 1)
        pages = {page("norway"), page("sweden"), page("finland")}
        self.assertEqual(set(self.client.map("https://example.org/countries/")["results"]), pages)
        crawled = self.client.crawl("https://example.org/countries/", instructions="What is exported?", limit=3)
        self.assertEqual({result["url"] for result in crawled["results"]}, pages)

    def test_feedback(self):
        told = self.client.feedback(request_id="123e4567-e89b-42d3-a456-426614174111", agent_score=0.5)
        self.assertTrue(told["success"] and told["feedback_id"] and told["response_time"] >= 0)
        with self.assertRaises(BadRequestError):
            self.client.feedback(agent_score=1)

    def test_errors(self):
        for call in (
            lambda: self.client.research(""),
            lambda: self.client.research("x", model="gpt"),
            lambda: self.client.research("x", output_schema={"properties": {"a": {"type": "string"}}}),
            lambda: self.client.research("x", model="gpt", stream=True),
            lambda: self.client.search(""),
            lambda: self.client.extract([]),
            lambda: self.client.crawl("https://nowhere.invalid/"),
            lambda: self.client.map(""),
        ):
            with self.assertRaises(BadRequestError) as refused:
                call()
            self.assertGreater(len(str(refused.exception)), 5)
        with self.assertRaises(requests.HTTPError) as gone:
            self.client.get_research("123e4567-e89b-42d3-a456-426614174111")
        self.assertEqual(gone.exception.response.status_code, 404)
        keyless = TavilyClient(api_base_url=f"{self.base}/local/tavily")
        self.assertEqual(len(keyless.search("Norway", max_results=1)["results"]), 1)


class Asynchronous(WithProgram, unittest.IsolatedAsyncioTestCase):
    async def test_everything(self):
        client = AsyncTavilyClient(KEY, api_base_url=f"{self.base}/local/tavily")
        created = await client.research(INPUT, model="mini")
        task = {"status": "pending"}
        while task["status"] not in ("completed", "failed"):
            task = await client.get_research(created["request_id"])
        self.assertIn("5,500,000", task["content"])
        stream = await client.research(INPUT, stream=True)
        told = frames([chunk async for chunk in stream])
        self.assertEqual(told[-1][0], "done")
        self.assertEqual((await client.search("petroleum exports of Norway"))["results"][0]["url"], page("norway"))
        self.assertIn("5,500,000", await client.qna_search("What is the population of Norway?"))
        self.assertEqual(len((await client.extract([page("norway")]))["results"]), 1)
        self.assertEqual(len((await client.map("https://example.org/countries/"))["results"]), 3)
        self.assertEqual(len((await client.crawl("https://example.org/countries/"))["results"]), 3)
        with self.assertRaises(BadRequestError):
            await client.research("x", model="gpt")
