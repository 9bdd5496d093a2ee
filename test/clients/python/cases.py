"""Runs a case for each public method of the Python clients against a server, and of RemoteGraph.

Usage: cases.py URL. Prints one JSON object: the methods of the clients, and for each case null or its error.
"""

import asyncio
import inspect
import json
import sys
import uuid

from langgraph.pregel.remote import RemoteGraph
from langgraph_sdk import get_client, get_sync_client

HELLO = {"messages": [{"role": "user", "content": "hello"}]}


class Awaited:
    """A part of the synchronous client with the interface of the asynchronous one."""

    def __init__(self, part):
        self.part = part

    def __getattr__(self, name):
        method = getattr(self.part, name)
        if name in ("stream", "join_stream"):

            async def stream(*args, **options):
                for part in method(*args, **options):
                    yield part

            return stream

        async def call(*args, **options):
            return await asyncio.to_thread(method, *args, **options)

        return call


class Clients:
    def __init__(self, client, wrap):
        for name in ("assistants", "threads", "runs", "store"):
            setattr(self, name, wrap(getattr(client, name)))


async def talked(c):
    thread = (await c.threads.create())["thread_id"]
    run = await c.runs.create(thread, "echo", input=HELLO)
    await c.runs.join(thread, run["run_id"])
    return thread, run["run_id"]


async def working(c):
    thread = (await c.threads.create())["thread_id"]
    run = await c.runs.create(thread, "steps", input={"steps": 1, "streamMs": 600_000}, stream_mode="custom")
    return thread, run["run_id"]


async def events(stream):
    return [part.event async for part in stream]


async def assistants(c, case):
    made = await c.assistants.create("echo", metadata={"one": 1}, name="Clerk")
    name = made["assistant_id"]
    case("assistants.create", made["version"] == 1)
    case("assistants.get", (await c.assistants.get(name))["name"] == "Clerk")
    case("assistants.update", (await c.assistants.update(name, name="Second"))["version"] == 2)
    case("assistants.get_versions", len(await c.assistants.get_versions(name)) == 2)
    case("assistants.set_latest", (await c.assistants.set_latest(name, 1))["name"] == "Clerk")
    case("assistants.search", len(await c.assistants.search(graph_id="echo")) >= 2)
    case("assistants.count", await c.assistants.count(graph_id="echo") >= 2)
    case("assistants.get_graph", len((await c.assistants.get_graph("echo"))["nodes"]) == 3)
    case("assistants.get_schemas", "state_schema" in await c.assistants.get_schemas("echo"))
    case("assistants.get_subgraphs", await c.assistants.get_subgraphs("echo") == {})
    case("assistants.delete", await c.assistants.delete(name) is None)


async def threads(c, case):
    mark = {"mark": str(uuid.uuid4())}
    thread = (await c.threads.create(metadata=mark, ttl=60))["thread_id"]
    case("threads.create", thread)
    case("threads.get", (await c.threads.get(thread))["metadata"]["mark"] == mark["mark"])
    case("threads.update", (await c.threads.update(thread, metadata={"two": 2}))["metadata"]["two"] == 2)
    case("threads.search", len(await c.threads.search(metadata=mark, extract={"m": "metadata.mark"})) == 1)
    case("threads.count", await c.threads.count(metadata=mark) == 1)
    spoken, run = await talked(c)
    state = await c.threads.get_state(spoken)
    case("threads.get_state", len(state["values"]["messages"]) == 2)
    copy = await c.threads.copy(spoken)
    case("threads.copy", copy["thread_id"] != spoken)
    case("threads.get_history", len(await c.threads.get_history(spoken, limit=3)) == 3)
    got = []
    stream = c.threads.join_stream(spoken, last_event_id="-", stream_mode=["lifecycle"])
    async for part in await stream if inspect.isawaitable(stream) else stream:
        got.append(part.event)
        if part.data.get("status") == "run_done":
            break
    case("threads.join_stream", got == ["metadata", "metadata"])
    updated = await c.threads.update_state(spoken, HELLO, as_node="__start__")
    case("threads.update_state", updated["checkpoint"]["checkpoint_id"])
    case("threads.prune", (await c.threads.prune([copy["thread_id"]]))["pruned_count"] == 1)
    case("threads.delete", await c.threads.delete(thread) is None)


async def runs(c, case):
    thread, run = await talked(c)
    case("runs.create", run)
    case("runs.join", len((await c.runs.join(thread, run))["messages"]) == 2)
    case("runs.get", (await c.runs.get(thread, run))["status"] == "success")
    case("runs.list", len(await c.runs.list(thread)) == 1)
    case("runs.wait", len((await c.runs.wait(thread, "echo", input=HELLO))["messages"]) == 4)
    case("runs.stream", await events(c.runs.stream(thread, "echo", input=HELLO)) == ["metadata", "values", "values"])
    joined = await events(c.runs.join_stream(thread, run, last_event_id="-1"))
    case("runs.join_stream", joined == ["metadata", "values", "values"])
    batch = await c.runs.create_batch([{"assistant_id": "echo", "input": HELLO}] * 2)
    case("runs.create_batch", len(batch) == 2)
    busy, active = await working(c)
    await c.runs.cancel(busy, active, wait=True)
    case("runs.cancel", (await c.runs.get(busy, active))["status"] == "interrupted")
    busy, active = await working(c)
    case("runs.cancel_many", await c.runs.cancel_many(thread_id=busy, run_ids=[active]) is None)
    case("runs.delete", await c.runs.delete(thread, run) is None)


async def store(c, case):
    space = ["python", str(uuid.uuid4())]
    case("store.put_item", await c.store.put_item(space, "a", {"kind": "note"}) is None)
    case("store.get_item", (await c.store.get_item(space, "a"))["value"] == {"kind": "note"})
    case("store.search_items", len((await c.store.search_items(space, filter={"kind": "note"}))["items"]) == 1)
    case("store.list_namespaces", (await c.store.list_namespaces(prefix=space))["namespaces"] == [space])
    case("store.delete_item", await c.store.delete_item(space, "a") is None)


def methods(client):
    parts = {name: part for name, part in vars(client).items() if name != "http"}
    return sorted(
        f"{name}.{method}"
        for name, part in parts.items()
        for method, value in inspect.getmembers(part, callable)
        if not method.startswith("_") and method != "http"
    )


async def main(url):
    results = {}
    both = {
        "async": (get_client(url=url, api_key=None), lambda part: part),
        "sync": (get_sync_client(url=url, api_key=None), Awaited),
    }
    for kind, (client, wrap) in both.items():
        for group in (assistants, threads, runs, store):

            def case(name, holds):
                results[f"{kind} {name}"] = None if holds else "the answer is wrong"

            try:
                await group(Clients(client, wrap), case)
            except Exception as error:  # noqa: BLE001
                results[f"{kind} {group.__name__}"] = f"{type(error).__name__}: {error}"
    graph = RemoteGraph("echo", url=url, api_key="none")
    values = await asyncio.to_thread(graph.invoke, HELLO, {"metadata": {"a": 1}, "max_concurrency": 2})
    results["RemoteGraph.invoke"] = None if len(values["messages"]) == 2 else "the answer is wrong"
    streamed = [chunk async for chunk in graph.astream(HELLO, stream_mode="values")]
    results["RemoteGraph.astream"] = None if streamed else "nothing was streamed"
    print(json.dumps({"methods": {kind: methods(client) for kind, (client, _) in both.items()}, "results": results}))


asyncio.run(main(sys.argv[1]))
