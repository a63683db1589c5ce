"""exa-py 1.14.20: research v0, synchronous and asynchronous."""

import unittest

from exa_py import AsyncExa, Exa

from support import KEY, WithProgram, page

SCHEMA = {"type": "object", "properties": {"capital": {"type": "string"}, "population": {"type": "integer"}}}
FAST = {"poll_interval": 0.02}


class Research(WithProgram):
    def setUp(self):
        self.research = Exa(KEY, base_url=f"{self.base}/local/exa").research

    def test_given_schema(self):
        created = self.research.create_task(instructions="Key figures of Sweden", output_schema=SCHEMA)
        task = self.research.poll_task(created.id, **FAST)
        self.assertEqual((task.status, task.schema), ("completed", SCHEMA))
        self.assertEqual(task.data, {"capital": "Stockholm", "population": 10600000})
        self.assertEqual(task.citations["capital"][0].url, page("sweden"))
        self.assertEqual(self.research.get_task(created.id).data, task.data)

    def test_inferred_schema(self):
        for options in ({"output_infer_schema": True, "model": "exa-research-pro"}, {}):
            created = self.research.create_task(instructions="What are the population and the exports of Norway?", **options)
            task = self.research.poll_task(created.id, **FAST)
            self.assertEqual(list(task.data), list(task.schema["properties"]))
            self.assertIn("5,500,000", str(task.data))

    def test_list(self):
        for _ in range(2):
            self.research.create_task(instructions="What does Finland export?")
        first = self.research.list(limit=1)
        self.assertTrue(first.has_more)
        self.assertGreaterEqual(len(self.research.list(cursor=first.next_cursor).data), 1)

    def test_errors(self):
        with self.assertRaisesRegex(ValueError, "400"):
            self.research.create_task(instructions="")
        with self.assertRaisesRegex(ValueError, "400"):
            self.research.create_task(instructions="x", output_schema={"type": "nonsense"})
        with self.assertRaisesRegex(ValueError, "404"):
            self.research.get_task("none")


class Asynchronous(WithProgram, unittest.IsolatedAsyncioTestCase):
    async def test_everything(self):
        research = AsyncExa(KEY, api_base=f"{self.base}/local/exa").research
        created = await research.create_task(instructions="Key figures of Sweden", output_schema=SCHEMA)
        task = await research.poll_task(created.id, **FAST)
        self.assertEqual(task.data["capital"], "Stockholm")
        self.assertEqual((await research.get_task(created.id)).data, task.data)
        self.assertEqual((await research.list()).data[0].id, created.id)
        with self.assertRaisesRegex(RuntimeError, "404"):
            await research.get_task("none")
