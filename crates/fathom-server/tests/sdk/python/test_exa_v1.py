"""exa-py 2.25.0: research v1, synchronous and asynchronous. Its models refuse what is not just as they expect."""

import unittest

from exa_py import AsyncExa, Exa
from pydantic import BaseModel

from support import KEY, WithProgram, page

INSTRUCTIONS = "Compare the population and the exports of Norway and Sweden"
FAST = {"poll_interval": 20}


class Figures(BaseModel):
    capital: str
    population: int


class Research(WithProgram):
    def setUp(self):
        self.research = Exa(KEY, base_url=f"{self.base}/local/exa").research

    def test_create_poll_get(self):
        created = self.research.create(instructions=INSTRUCTIONS)
        self.assertEqual((created.status, created.model), ("pending", "exa-research-fast"))
        done = self.research.poll_until_finished(created.research_id, **FAST)
        self.assertEqual(done.status, "completed")
        self.assertIn(f"([Norway]({page('norway')}))", done.output.content)
        self.assertEqual(done.cost_dollars.total, 0)
        self.assertGreater(done.cost_dollars.num_searches, 0)
        self.assertEqual(self.research.get(created.research_id), done)

    def test_typed_output(self):
        created = self.research.create(instructions="Key figures of Finland", model="exa-research-pro", output_schema=Figures)
        done = self.research.poll_until_finished(created.research_id, output_schema=Figures, **FAST)
        self.assertEqual(done.parsed_output, Figures(capital="Helsinki", population=5600000))
        again = self.research.get(created.research_id, output_schema=Figures)
        self.assertEqual(again.parsed_output.capital, "Helsinki")

    def test_events(self):
        created = self.research.create(instructions=INSTRUCTIONS, model="exa-research")
        streamed = list(self.research.get(created.research_id, stream=True, events=True))
        kinds = {event.event_type for event in streamed}
        self.assertEqual(kinds, {"research-definition", "plan-definition", "plan-operation", "plan-output", "task-definition",
                                 "task-operation", "task-output", "research-output"})
        done = self.research.get(created.research_id, events=True)
        self.assertEqual(done.events, streamed)
        polled = self.research.poll_until_finished(created.research_id, events=True, **FAST)
        self.assertEqual(polled.events, streamed)

    def test_list(self):
        for _ in range(3):
            self.research.create(instructions=INSTRUCTIONS)
        first = self.research.list(limit=2)
        self.assertTrue(first.has_more)
        rest = self.research.list(cursor=first.next_cursor, limit=50)
        self.assertFalse(rest.has_more)
        self.assertGreaterEqual(len(rest.data), 1)

    def test_errors(self):
        for call in (
            lambda: self.research.create(instructions=""),
            lambda: self.research.create(instructions="x", output_schema={"type": "nonsense"}),
            lambda: self.research.list(limit=51),
        ):
            with self.assertRaisesRegex(ValueError, "status code 400"):
                call()
        with self.assertRaisesRegex(ValueError, "status code 404"):
            self.research.get("none")
        with self.assertRaisesRegex(RuntimeError, "5 times in a row"):
            self.research.poll_until_finished("none", poll_interval=1)


class Asynchronous(WithProgram, unittest.IsolatedAsyncioTestCase):
    async def test_everything(self):
        research = AsyncExa(KEY, api_base=f"{self.base}/local/exa").research
        created = await research.create(instructions="Key figures of Finland", output_schema=Figures)
        done = await research.poll_until_finished(created.research_id, output_schema=Figures, **FAST)
        self.assertEqual(done.parsed_output.capital, "Helsinki")
        stream = await research.get(created.research_id, stream=True)
        events = [event async for event in stream]
        self.assertEqual(events[-1].event_type, "research-output")
        self.assertEqual((await research.get(created.research_id, events=True)).events, events)
        self.assertEqual((await research.list(limit=1)).data[0].research_id, created.research_id)
