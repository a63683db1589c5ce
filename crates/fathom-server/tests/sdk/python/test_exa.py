"""exa-py 2.27.0: agent runs and the search family, synchronous and asynchronous."""

import json
import unittest

from exa_py import AsyncExa, Exa
from exa_py.agent import AgentRunCancelledError
from pydantic import BaseModel

from support import KEY, WithProgram, page

QUERY = "What are the population and the exports of Norway?"
FAST = {"poll_interval": 20}
LONG = "Compare population, capital and exports of Norway, Sweden and Finland in every respect"


class Country(BaseModel):
    name: str
    population: int
    capital: str


class Countries(BaseModel):
    countries: list[Country]


class Figures(BaseModel):
    capital: str
    population: int


class Agent(WithProgram):
    flags = ("--workers", "1")

    def setUp(self):
        self.exa = Exa(KEY, base_url=f"{self.base}/local/exa")
        self.runs = self.exa.agent.runs

    def test_create_get_poll(self):
        created = self.runs.create(query=QUERY, effort="low", metadata={"ticket": "T-1"}, system_prompt="Be brief.", user_identifier="u_1")
        self.assertRegex(created.id, r"^agent_run_[0-9a-z]{26}$")
        self.assertEqual((created.object, created.status, created.stop_reason), ("agent_run", "queued", None))
        run = self.runs.poll_until_finished(created.id, **FAST)
        self.assertEqual((run.status, run.stop_reason), ("completed", "schema_satisfied"))
        self.assertIn("5,500,000", run.output.text)
        self.assertEqual(run.output.grounding[0].citations[0].url, page("norway"))
        self.assertEqual(run.cost_dollars.total, 0)
        self.assertGreater(run.usage.searches, 0)
        self.assertEqual(run.request["metadata"], {"ticket": "T-1"})
        self.assertEqual(self.runs.get(created.id), run)

    def test_create_and_wait_with_a_model_and_rows(self):
        run = self.runs.create_and_wait(query="Compare Norway and Sweden", output_schema=Countries, **FAST)
        self.assertEqual([c["capital"] for c in run.output.structured["countries"]], ["Oslo", "Stockholm"])
        fields = [entry.field for entry in run.output.grounding]
        self.assertIn("structured.countries[0].population", fields)
        rows = {"data": [{"name": "Finland"}], "exclusion": [{"name": "Norway"}]}
        run = self.runs.create_and_wait(query="Complete the rows", input=rows, output_schema=Countries, effort="ultra",
                                        budget={"maxCostDollars": 2, "maxDurationSeconds": 300}, **FAST)
        self.assertEqual(run.output.structured, {"countries": [{"name": "Finland", "population": 5600000, "capital": "Helsinki"}]})

    def test_stream(self):
        events = list(self.runs.create(query=QUERY, stream=True))
        names = [event.event for event in events]
        self.assertEqual(names[:2], ["agent_run.created", "agent_run.started"])
        self.assertEqual(names[-1], "agent_run.completed")
        self.assertEqual(events[-1].data["output"]["text"], self.runs.get(events[0].data["id"]).output.text)
        stored = self.runs.events.list(events[0].data["id"], limit=100)
        self.assertEqual([event.id for event in stored.data], [event.id for event in events])
        self.assertFalse(stored.has_more)
        first = self.runs.events.list(events[0].data["id"], limit=2)
        self.assertTrue(first.has_more)
        second = self.runs.events.list(events[0].data["id"], limit=2, cursor=first.next_cursor)
        self.assertEqual([event.id for event in second.data], [event.id for event in events[2:4]])

    def test_lists(self):
        for _ in range(3):
            self.runs.create_and_wait(query=QUERY, **FAST)
        every = self.runs.get_all(limit=2)
        self.assertGreaterEqual(len(every), 3)
        self.assertEqual([run.id for run in self.runs.list_all(limit=100)], [run.id for run in every])
        self.assertEqual(self.runs.list(limit=1).data[0].id, every[0].id)

    def test_cancel_stop_delete_and_continue(self):
        first = self.runs.create_and_wait(query="What is the population of Norway?", **FAST)
        following = self.runs.create_and_wait(query="And of Sweden?", previous_run_id=first.id, **FAST)
        self.assertIn("10,600,000", following.output.text)
        for _ in range(30):
            self.runs.create(query=LONG, effort="xhigh")
        waiting = self.runs.create(query=QUERY)
        cancelled = self.runs.cancel(waiting.id)
        self.assertEqual((cancelled.status, cancelled.stop_reason), ("cancelled", "cancelled"))
        with self.assertRaises(AgentRunCancelledError):
            raise AgentRunCancelledError(cancelled)
        stopped = self.runs.create(query=QUERY, effort="ultra")
        self.runs.stop(stopped.id)
        run = self.runs.poll_until_finished(stopped.id, **FAST)
        self.assertEqual((run.status, run.stop_reason), ("completed", "stopped"))
        deleted = self.runs.delete(run.id)
        self.assertEqual((deleted.id, deleted.object, deleted.deleted), (run.id, "agent_run.deleted", True))
        self.refused("RUN_NOT_FOUND", lambda: self.runs.get(run.id))

    def refused(self, word, call):
        with self.assertRaises(ValueError) as refused:
            call()
        self.assertIn(word, str(refused.exception))

    def test_errors(self):
        self.refused("status code 400", lambda: self.runs.create(query=""))
        self.refused("INVALID_OUTPUT_SCHEMA", lambda: self.runs.create(query="x", output_schema={"type": "nonsense"}))
        self.refused("status code 400", lambda: self.runs.create(query="", stream=True))
        self.refused("PREVIOUS_RUN_NOT_FOUND", lambda: self.runs.create(query="x", previous_run_id="agent_run_none"))
        for call in (self.runs.get, self.runs.cancel, self.runs.stop, self.runs.delete, self.runs.events.list):
            self.refused("RUN_NOT_FOUND", lambda call=call: call("agent_run_none"))

    def test_beta(self):
        beta, betas = self.exa.beta.agent.runs, ["agent-2026-05-07"]
        run = beta.create_and_wait(query=QUERY, betas=betas, **FAST)
        self.assertEqual(beta.get(run.id, betas=betas), run)
        self.assertEqual(list(beta.create(query=QUERY, betas=betas, stream=True))[-1].event, "agent_run.completed")
        self.assertGreater(len(beta.get_all(betas=betas)), 0)
        self.assertGreater(len(beta.events.list(run.id, betas=betas).data), 1)
        self.assertEqual(beta.cancel(run.id, betas=betas).status, "completed")
        self.assertTrue(beta.delete(run.id, betas=betas).deleted)


class Search(WithProgram):
    def setUp(self):
        self.exa = Exa(KEY, base_url=f"{self.base}/local/exa")

    def test_search(self):
        response = self.exa.search("petroleum exports of Norway", num_results=2)
        self.assertEqual((response.results[0].url, response.results[0].title), (page("norway"), "Norway"))
        self.assertIn("natural gas", response.results[0].text)
        self.assertEqual(response.resolved_search_type, "keyword")
        self.assertEqual(response.cost_dollars.total, 0)
        bare = self.exa.search("exports", contents=False, include_domains=["example.org"], user_location={"country": "NO"},
                               start_published_date="2024-01-01", exclude_text=["medicaments"], category="company")
        self.assertNotIn(page("sweden"), [result.url for result in bare.results])
        self.assertIsNone(bare.results[0].text)
        self.assertEqual({warning.path for warning in bare.warnings}, {"category", "userLocation"})

    def test_search_and_contents(self):
        response = self.exa.search_and_contents("What does Norway export?", text={"max_characters": 20}, highlights={"num_sentences": 1},
                                                summary={"schema": Figures}, num_results=1)
        [norway] = response.results
        self.assertEqual(len(norway.text), 20)
        self.assertIn("natural gas", norway.highlights[0])
        self.assertEqual(json.loads(norway.summary), {"capital": "Oslo", "population": 5500000})

    def test_deep_search_and_streams(self):
        schema = {"type": "object", "properties": {"capital": {"type": "string"}}}
        response = self.exa.search("Key figures of Finland", type="deep", output_schema=schema, additional_queries=["Helsinki"])
        self.assertEqual(response.output.content, {"capital": "Helsinki"})
        [grounded] = response.output.grounding
        self.assertEqual((grounded.field, grounded.citations[0].url), ("capital", page("finland")))
        stream = self.exa.stream_search("Key figures of Finland", type="deep", output_schema=schema)
        text = "".join(chunk.content or "" for chunk in stream)
        self.assertEqual(json.loads(text), {"capital": "Helsinki"})
        self.assertEqual(stream.cost_dollars.total, 0)
        citations = [chunk.citations for chunk in self.exa.stream_search("exports") if chunk.citations]
        self.assertEqual(len(citations), 1)

    def test_contents(self):
        response = self.exa.get_contents([page("norway"), "https://nowhere.invalid/"], livecrawl="never")
        self.assertIn("natural gas", response.results[0].text)
        self.assertEqual([status.status for status in response.statuses], ["success", "error"])
        self.assertEqual((response.statuses[1].error.tag, response.statuses[1].error.http_status_code), ("CRAWL_NOT_FOUND", 404))
        some = self.exa.get_contents(page("sweden"), highlights={"query": "exports"}, summary=True, max_age_hours=-1)
        self.assertTrue(some.results[0].highlights and some.results[0].summary)
        self.assertEqual(self.exa.get_contents(response.results).results[0].url, page("norway"))

    def test_find_similar(self):
        similar = self.exa.find_similar(page("norway"), num_results=2)
        self.assertEqual({result.url for result in similar.results}, {page("finland"), page("sweden")})
        elsewhere = self.exa.find_similar_and_contents(page("norway"), text=True, exclude_source_domain=True)
        self.assertFalse(any("example.org" in result.url for result in elsewhere.results))

    def test_answer(self):
        response = self.exa.answer("What is the population of Norway?", text=True, user_location="NO")
        self.assertIn("5,500,000", response.answer)
        self.assertEqual(response.citations[0].url, page("norway"))
        self.assertIn("Oslo", response.citations[0].text)
        value = self.exa.answer("Key figures of Finland", output_schema=Figures)
        self.assertEqual(value.answer, {"capital": "Helsinki", "population": 5600000})
        stream = self.exa.stream_answer("What is the population of Norway?")
        chunks = list(stream)
        self.assertEqual("".join(chunk.content or "" for chunk in chunks).strip(), response.answer)
        self.assertTrue(any(chunk.citations for chunk in chunks))
        self.assertEqual(stream.cost_dollars.total, 0)

    def test_errors(self):
        for call in (
            lambda: self.exa.search(""),
            lambda: self.exa.search("x", num_results=1000),
            lambda: self.exa.get_contents([]),
            lambda: self.exa.answer("x", output_schema={"type": "nonsense"}),
            lambda: list(self.exa.stream_answer("")),
            lambda: self.exa.find_similar("https://nowhere.invalid/"),
        ):
            with self.assertRaisesRegex(ValueError, "status code 400"):
                call()


class Asynchronous(WithProgram, unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.exa = AsyncExa(KEY, api_base=f"{self.base}/local/exa")

    async def asyncTearDown(self):
        await self.exa.aclose()

    async def test_agent(self):
        runs = self.exa.agent.runs
        run = await runs.create_and_wait(query="Compare Norway and Sweden", output_schema=Countries, **FAST)
        self.assertEqual(len(run.output.structured["countries"]), 2)
        self.assertEqual(await runs.get(run.id), run)
        events = [event async for event in await runs.create(query=QUERY, stream=True)]
        self.assertEqual(events[-1].event, "agent_run.completed")
        self.assertEqual(len([run async for run in runs.list_all(limit=1)]), len(await runs.get_all()))
        self.assertGreater(len((await runs.events.list(run.id)).data), 1)
        self.assertEqual((await runs.cancel(run.id)).status, "completed")
        self.assertTrue((await runs.delete(run.id)).deleted)
        created = await runs.create(query=QUERY, effort="ultra")
        await runs.stop(created.id)
        self.assertEqual((await runs.poll_until_finished(created.id, **FAST)).status, "completed")
        self.assertEqual((await runs.list(limit=1)).data[0].id, created.id)

    async def test_search_family(self):
        exa = self.exa
        self.assertEqual((await exa.search("petroleum exports of Norway")).results[0].url, page("norway"))
        self.assertTrue((await exa.search_and_contents("Norway", highlights=True)).results[0].highlights)
        self.assertIn("natural gas", (await exa.get_contents(page("norway"))).results[0].text)
        self.assertEqual(len((await exa.find_similar(page("norway"), num_results=1)).results), 1)
        self.assertEqual(len((await exa.find_similar_and_contents(page("norway"), text=True, num_results=1)).results), 1)
        self.assertIn("5,500,000", (await exa.answer("What is the population of Norway?")).answer)
        stream = await exa.stream_answer("What is the population of Norway?")
        self.assertIn("5,500,000", "".join([chunk.content or "" async for chunk in stream]))
        stream = await exa.stream_search("exports")
        self.assertTrue([chunk async for chunk in stream])


class Retired(unittest.TestCase):
    def test_research_sends_nothing_any_more(self):
        exa = Exa(KEY, base_url="http://127.0.0.1:9")
        with self.assertRaisesRegex(ValueError, "agent.runs.create"):
            exa.research.create(instructions="x")


