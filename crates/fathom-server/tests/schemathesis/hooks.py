"""What a description cannot say: which runs there are."""

import schemathesis
from schemathesis import GenerationMode


def _earlier_run(base):
    """The id of a run, made once."""
    import json
    import urllib.request

    if not _earlier_run.known:
        body = json.dumps({"question": "What does Norway export?", "token": "earlier"}).encode()
        url = base.rstrip("/") + "/api/v1/runs"
        with urllib.request.urlopen(urllib.request.Request(url, data=body)) as answer:
            _earlier_run.known = json.load(answer)["id"]
    return _earlier_run.known


_earlier_run.known = None


@schemathesis.hook
def before_call(context, case, kwargs):
    """A follow-up must name a run that exists, which no made-up word does."""
    is_valid = case.meta is None or case.meta.generation.mode == GenerationMode.POSITIVE
    if is_valid and isinstance(case.body, dict) and isinstance(case.body.get("follow_up_of"), str):
        case.body["follow_up_of"] = _earlier_run(case.operation.base_url)
