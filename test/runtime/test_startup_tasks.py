"""Tests of the runtime helper on real asyncio: orders of events, never durations."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import functools
import gc
import sys
import threading
import traceback
import unittest
from contextlib import asynccontextmanager
from typing import Any
from unittest import mock

from startup_tasks import StartupTasks

events: list[str] = []
region: contextvars.ContextVar[str] = contextvars.ContextVar("region", default="?")


class MemoryLogger:
    """Keeps what the helper logs, as a logger of any library would get it."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def info(self, message: str) -> None:
        self.lines.append(f"info {message}")

    def warning(self, message: str) -> None:
        self.lines.append(f"warning {message}")

    def error(self, message: str) -> None:
        self.lines.append(f"error {message}")

    def exception(self, message: str) -> None:
        self.lines.append(f"exception {message}\n{traceback.format_exc()}")
        events.append("failure logged")

    def of(self, level: str) -> list[str]:
        return [line for line in self.lines if line.startswith(level)]


async def note(event: str) -> None:
    events.append(f"{event} begun")
    await asyncio.sleep(0)
    events.append(f"{event} done")


async def fail() -> None:
    await asyncio.sleep(0)
    raise ConnectionError("no route to the café")


async def serve(event: str = "service") -> None:
    events.append(f"{event} begun")
    try:
        await asyncio.Event().wait()
    finally:
        events.append(f"{event} ended")


async def swallow_cancellation(until: asyncio.Event) -> None:
    while not until.is_set():
        try:
            await until.wait()
        except asyncio.CancelledError:
            events.append("cancellation swallowed")


class Worker:
    async def start(self) -> None:
        await note("worker")

    async def stop(self) -> None:
        events.append("worker stopped")

    async def __call__(self) -> None:
        await note("called worker")


def made(**options: Any) -> StartupTasks:
    return StartupTasks(MemoryLogger(), **{"grace": 0, **options})


def log_of(tasks: StartupTasks) -> MemoryLogger:
    return tasks._logger  # type: ignore[no-any-return]


async def turns(count: int = 20) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


def other_tasks() -> set[Any]:
    return asyncio.all_tasks() - {asyncio.current_task()}


class Case(unittest.IsolatedAsyncioTestCase):
    def setUp(self) -> None:
        events.clear()

    def tearDown(self) -> None:
        gc.collect()


class RecordingTest(unittest.TestCase):
    def setUp(self) -> None:
        events.clear()

    def test_is_made_and_filled_without_an_event_loop(self) -> None:
        tasks = made()
        tasks.start(note, "cache")
        tasks.start_service(serve)
        self.assertEqual(events, [])
        self.assertEqual(tasks.status()["note"]["state"], "waiting")
        self.assertFalse(tasks.ready)

    def test_leaves_nothing_when_a_later_critical_step_fails(self) -> None:
        @asynccontextmanager
        async def lifespan():
            tasks = made()
            tasks.start(note, "cache")
            await fail()
            async with tasks:
                yield

        async def live() -> None:
            with self.assertRaisesRegex(ConnectionError, "no route"):
                async with lifespan():
                    self.fail("the startup failed")
            await turns()
            self.assertEqual(other_tasks(), set())

        asyncio.run(live())
        self.assertEqual(events, [])

    def test_names_steps_after_their_functions(self) -> None:
        async def announce() -> None:
            pass

        tasks = made()
        worker = Worker()
        tasks.start(worker.start)
        tasks.start(functools.partial(functools.partial(note, "cache")))
        tasks.start(worker)
        tasks.start(announce)
        tasks.start(worker.start)
        tasks.start(worker.start)
        names = ["Worker.start", "note", "Worker", "announce"]
        names += ["Worker.start (2)", "Worker.start (3)"]
        self.assertEqual(list(tasks.status()), names)

    def test_tells_lambdas_and_modules_apart(self) -> None:
        async def elsewhere() -> None:
            pass

        elsewhere.__qualname__, elsewhere.__module__ = "note", "menu.cache"
        tasks = made()
        tasks.start(lambda: note("cache"))
        tasks.start(note, "cache")
        tasks.start(elsewhere)
        first, *others = tasks.status()
        self.assertTrue(first.endswith(".<lambda>"))
        self.assertEqual(others, ["note", "menu.cache.note"])

    def test_needs_a_running_loop_for_the_release(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "no running event loop"):
            made().release()


class RunningTest(Case):
    async def test_runs_nothing_before_the_grace_is_over(self) -> None:
        tasks = made(grace=0.05)
        tasks.start(note, "cache")
        async with tasks:
            await turns()
            events.append("listening")
            await tasks.wait_ready(10)
        self.assertEqual(events, ["listening", "cache begun", "cache done"])

    async def test_runs_nothing_before_the_server_says_that_it_listens(self) -> None:
        listening = asyncio.Event()
        asked = asyncio.Event()

        def is_listening() -> bool:
            asked.set()
            return listening.is_set()

        tasks = made()
        tasks.start(note, "cache")
        async with tasks.when(is_listening):
            await asked.wait()
            await turns()
            events.append("listening")
            listening.set()
            await tasks.wait_ready(10)
        self.assertEqual(events, ["listening", "cache begun", "cache done"])

    async def test_never_runs_what_waits_for_a_server_that_fails(self) -> None:
        tasks = made()
        tasks.start(note, "cache")
        with self.assertRaises(OSError):
            async with tasks.when(lambda: False):
                await turns()
                raise OSError("the port is taken")
        await turns()
        self.assertEqual(events, [])

    async def test_runs_steps_one_after_the_other_and_services_beside_them(self) -> None:
        tasks = made()
        tasks.start(note, "cache")
        tasks.start_service(serve)
        tasks.start(note, "index")
        async with tasks:
            await tasks.wait_ready(10)
        order = ["cache begun", "service begun", "cache done", "index begun"]
        self.assertEqual(events, [*order, "index done", "service ended"])

    async def test_runs_as_many_at_a_time_as_it_is_told(self) -> None:
        tasks = made(concurrency=2)
        for name in ("cache", "index", "prices"):
            tasks.start(note, name)
        async with tasks:
            await tasks.wait_ready(10)
        order = ["cache begun", "index begun", "cache done", "index done"]
        self.assertEqual(events, [*order, "prices begun", "prices done"])

    async def test_gives_arguments_and_calls_plain_functions(self) -> None:
        def add(first: int, *, function: int, self: int) -> None:
            events.append(f"{first + function + self}")

        tasks = made()
        tasks.start(add, 1, function=2, self=3)
        tasks.start(lambda: note("cache"))
        async with tasks:
            await tasks.wait_ready(10)
        self.assertEqual(events, ["6", "cache begun", "cache done"])

    async def test_keeps_the_context_variables_of_the_record(self) -> None:
        async def tell() -> None:
            events.append(region.get())
            region.set("changed by the step")

        tasks = made()
        region.set("Bretagne")
        tasks.start(tell)
        region.set("Alsace")
        tasks.start(tell)
        region.set("later")
        async with tasks:
            await tasks.wait_ready(10)
        self.assertEqual(events, ["Bretagne", "Alsace"])
        self.assertEqual(region.get(), "later")

    async def test_holds_its_tasks_although_nobody_holds_it(self) -> None:
        def release() -> None:
            tasks = made()
            tasks.start_service(serve)
            tasks.release()

        release()
        await turns()
        gc.collect()
        await turns()
        self.assertEqual(events, ["service begun"])
        (task,) = other_tasks()
        task.cancel()
        await asyncio.wait([task])

    async def test_runs_what_is_recorded_after_the_release(self) -> None:
        tasks = made()
        async with tasks:
            await turns()
            tasks.start(note, "late cache")
            await tasks.wait_ready(10)
        self.assertEqual(events, ["late cache begun", "late cache done"])

    async def test_logs_what_it_starts_and_when_it_is_ready(self) -> None:
        tasks = made()
        tasks.start(note, "100 % {crème}")
        tasks.start_service(serve)
        async with tasks:
            await tasks.wait_ready(10)
        lines = log_of(tasks).lines
        self.assertEqual(lines[0], "info In the background: note, serve")
        self.assertIn("info note: started in the background", lines)
        self.assertRegex("\n".join(lines), r"info note: ready after \d+\.\d s")
        self.assertRegex("\n".join(lines), r"info serve: cancelled after \d+\.\d s")

    async def test_is_released_once_although_two_hooks_do_it(self) -> None:
        tasks = made()
        tasks.start(note, "cache")
        tasks.release()
        async with tasks:
            await tasks.wait_ready(10)
        await tasks.stop()
        self.assertEqual(events, ["cache begun", "cache done"])
        listed = [line for line in log_of(tasks).lines if "In the background" in line]
        self.assertEqual(len(listed), 1)


class FailureTest(Case):
    async def test_logs_a_failure_at_once_and_lives_on(self) -> None:
        tasks = made()
        tasks.start(fail)
        tasks.start(note, "cache")
        async with tasks:
            await tasks.wait_ready(10)
        self.assertEqual(events, ["failure logged", "cache begun", "cache done"])
        (failure,) = log_of(tasks).of("exception")
        self.assertIn("fail: failed after", failure)
        self.assertIn("Traceback", failure)
        self.assertIn("ConnectionError: no route to the café", failure)

    async def test_knows_what_has_finished(self) -> None:
        worker = Worker()
        tasks = made()
        tasks.start(worker.start)
        tasks.start(fail)
        self.assertFalse(tasks.finished(worker.start))
        async with tasks:
            await tasks.wait_ready(10)
        self.assertTrue(tasks.finished(worker.start))
        self.assertFalse(tasks.finished(Worker().start))
        self.assertFalse(tasks.finished(fail))

    async def test_counts_a_service_as_finished_once_it_has_run(self) -> None:
        tasks = made()
        tasks.start_service(serve)
        tasks.start_service(fail)
        self.assertFalse(tasks.finished(serve))
        async with tasks:
            await turns()
            self.assertTrue(tasks.finished(serve))
        self.assertTrue(tasks.finished(serve))
        self.assertFalse(tasks.finished(fail))

    async def test_survives_a_step_that_exits(self) -> None:
        tasks = made()
        tasks.start(sys.exit, 1)
        tasks.start(note, "cache")
        async with tasks:
            await tasks.wait_ready(10)
        self.assertEqual(events, ["failure logged", "cache begun", "cache done"])

    async def test_warns_of_a_service_that_ends(self) -> None:
        tasks = made()
        tasks.start_service(note, "queue")
        async with tasks:
            await turns()
        (warning,) = log_of(tasks).of("warning")
        self.assertIn("note: service ended after", warning)

    async def test_warns_of_a_step_that_is_cancelled_from_elsewhere(self) -> None:
        async def await_cancelled() -> None:
            other = asyncio.ensure_future(asyncio.sleep(60))
            other.cancel()
            await other

        tasks = made()
        tasks.start(await_cancelled)
        tasks.start(note, "cache")
        async with tasks:
            await tasks.wait_ready(10)
        self.assertEqual(tasks.status()["await_cancelled"]["state"], "cancelled")
        self.assertEqual(events, ["cache begun", "cache done"])
        self.assertIn("await_cancelled: cancelled", log_of(tasks).of("warning")[0])


class InterruptTest(unittest.TestCase):
    def test_lets_a_keyboard_interrupt_end_the_loop(self) -> None:
        def interrupt() -> None:
            raise KeyboardInterrupt

        async def live() -> None:
            tasks = made()
            tasks.start(interrupt)
            async with tasks:
                await asyncio.sleep(60)

        with self.assertRaises(KeyboardInterrupt):
            asyncio.run(live())
        gc.collect()


class StatusTest(Case):
    async def test_tells_state_seconds_and_error(self) -> None:
        tasks = made()
        tasks.start(note, "cache")
        tasks.start(fail)
        tasks.start_service(serve)
        async with tasks:
            await tasks.wait_ready(10)
            status = tasks.status()
        states = {name: step["state"] for name, step in status.items()}
        self.assertEqual(states, {"note": "ready", "fail": "failed", "serve": "running"})
        self.assertEqual(status["fail"]["error"], "ConnectionError: no route to the café")
        self.assertIsNone(status["note"]["error"])
        self.assertGreater(status["serve"]["seconds"], 0)
        self.assertEqual(tasks.status()["serve"]["state"], "cancelled")

    async def test_is_ready_when_the_required_steps_are(self) -> None:
        opened = asyncio.Event()
        tasks = made(required=["Event.wait", "serve"])
        tasks.start(opened.wait)
        tasks.start_service(serve)
        tasks.start(fail)
        self.assertFalse(tasks.ready)
        async with tasks:
            await turns()
            self.assertFalse(tasks.ready)
            opened.set()
            self.assertTrue(await tasks.wait_ready(10))
        self.assertFalse(tasks.ready)

    async def test_warns_of_a_required_step_that_nobody_recorded(self) -> None:
        tasks = made(required=["warm"])
        tasks.start(note, "cache")
        async with tasks:
            self.assertTrue(await tasks.wait_ready(10))
        (warning,) = log_of(tasks).of("warning")
        self.assertEqual(warning, "warning warm: required, but not recorded")

    async def test_is_not_ready_when_a_required_step_has_failed(self) -> None:
        tasks = made(required=["fail"])
        tasks.start(fail)
        async with tasks:
            self.assertFalse(await tasks.wait_ready(10))

    async def test_names_what_is_not_ready_in_time(self) -> None:
        tasks = made(drain=0.01)
        tasks.start(asyncio.Event().wait)
        async with tasks:
            with self.assertRaisesRegex(TimeoutError, "Not ready: Event.wait"):
                await tasks.wait_ready(0.05)


class StopTest(Case):
    async def test_runs_nothing_when_it_stops_within_the_grace(self) -> None:
        tasks = made(grace=60)
        tasks.start(note, "cache")
        tasks.start_service(serve)
        async with tasks:
            await turns()
        await turns()
        self.assertEqual(events, [])
        self.assertEqual(other_tasks(), set())
        self.assertFalse(tasks.finished(note))
        self.assertFalse(tasks.finished(serve))
        self.assertEqual(tasks.status()["note"]["state"], "cancelled")

    async def test_stops_what_was_never_released(self) -> None:
        tasks = made()
        tasks.start(note, "cache")
        await tasks.stop()
        await tasks.stop()
        self.assertEqual(events, [])

    async def test_lets_a_step_finish_and_begins_no_other(self) -> None:
        async def save() -> None:
            events.append("save begun")
            await asyncio.sleep(0.05)
            events.append("save done")

        tasks = made()
        tasks.start(save)
        tasks.start(note, "cache")
        tasks.start_service(serve)
        async with tasks:
            await turns()
        events.append("teardown")
        order = ["save begun", "service begun", "service ended"]
        self.assertEqual(events, [*order, "save done", "teardown"])
        self.assertTrue(tasks.finished(save))

    async def test_cancels_a_step_that_takes_longer_than_the_drain(self) -> None:
        tasks = made(drain=0.01)
        tasks.start(serve, "endless step")
        async with tasks:
            await turns()
        events.append("teardown")
        order = ["endless step begun", "endless step ended", "teardown"]
        self.assertEqual(events, order)
        self.assertEqual(tasks.status()["serve"]["state"], "cancelled")

    async def test_does_not_cut_the_clean_up_of_a_service_short(self) -> None:
        async def listen() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0.05)
                events.append("connection closed")

        tasks = made(drain=0.01)
        tasks.start(serve, "step")
        tasks.start_service(listen)
        async with tasks:
            await turns()
        events.append("teardown")
        order = ["step begun", "step ended", "connection closed", "teardown"]
        self.assertEqual(events, order)

    async def test_names_what_swallows_its_cancellation_and_goes_on(self) -> None:
        until = asyncio.Event()
        tasks = made(stop_timeout=0.05)
        tasks.start_service(swallow_cancellation, until)
        async with tasks:
            await turns()
        events.append("teardown")
        self.assertEqual(events, ["cancellation swallowed", "teardown"])
        (error,) = log_of(tasks).of("error")
        self.assertIn("swallow_cancellation: did not stop", error)
        self.assertIn("await until.wait()", error)
        until.set()
        await turns()
        self.assertEqual(other_tasks(), set())

    async def test_keeps_the_exception_that_is_thrown_into_the_yield(self) -> None:
        @asynccontextmanager
        async def lifespan():
            tasks = made()
            tasks.start_service(serve)
            try:
                async with tasks:
                    yield
            finally:
                events.append("teardown")

        with self.assertRaisesRegex(ValueError, "thrown"):
            async with lifespan():
                await turns()
                raise ValueError("thrown")
        self.assertEqual(events, ["service begun", "service ended", "teardown"])

    async def test_stops_in_the_finally_of_a_plain_generator(self) -> None:
        async def lifespan():
            tasks = made()
            tasks.start_service(serve)
            tasks.release()
            try:
                yield
            finally:
                await tasks.stop()
            events.append("teardown")

        generator = lifespan()
        await generator.__anext__()
        await turns()
        with self.assertRaises(StopAsyncIteration):
            await generator.__anext__()
        self.assertEqual(events, ["service begun", "service ended", "teardown"])

    async def test_does_not_drain_when_its_task_is_cancelled(self) -> None:
        tasks = made(drain=60, stop_timeout=60)

        async def live() -> None:
            tasks.start(serve, "step")
            tasks.start_service(serve)
            async with tasks:
                await asyncio.sleep(60)

        living = asyncio.ensure_future(live())
        await turns()
        living.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await living
        self.assertEqual(set(events[-2:]), {"step ended", "service ended"})

    @unittest.skipIf(sys.version_info < (3, 11), "tasks count cancellations since 3.11")
    async def test_does_not_drain_after_a_cancellation_that_was_caught(self) -> None:
        tasks = made(drain=60, stop_timeout=60)

        async def live() -> None:
            tasks.start(serve, "step")
            tasks.release()
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                pass
            await tasks.stop()

        living = asyncio.ensure_future(live())
        await turns()
        living.cancel()
        await living
        self.assertEqual(events, ["step begun", "step ended"])

    async def test_keeps_the_cancellation_that_it_stops_for(self) -> None:
        until = asyncio.Event()
        tasks = made(stop_timeout=60)

        async def live() -> None:
            tasks.start_service(swallow_cancellation, until)
            tasks.release()
            try:
                try:
                    await asyncio.sleep(60)
                finally:
                    await tasks.stop()
            except asyncio.CancelledError as error:
                events.append(str(error))

        living = asyncio.ensure_future(live())
        await turns()
        living.cancel("first")
        await turns()
        living.cancel("second")
        await living
        until.set()
        await turns()
        self.assertEqual(events, ["cancellation swallowed", "first"])

    async def test_cancels_everything_when_it_is_cancelled_while_it_stops(self) -> None:
        tasks = made(drain=60, stop_timeout=60)
        tasks.start(serve, "step")

        async def live() -> None:
            async with tasks:
                await turns()

        living = asyncio.ensure_future(live())
        await turns(60)
        self.assertEqual(events, ["step begun"])
        living.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await living
        await turns()
        self.assertEqual(events, ["step begun", "step ended"])

    async def test_can_be_started_again(self) -> None:
        tasks = made()
        for _ in range(3):
            tasks.start(note, "cache")
            tasks.start_service(serve)
            async with tasks:
                await tasks.wait_ready(10)
            self.assertTrue(tasks.finished(note))
            self.assertEqual(list(tasks.status()), ["note", "serve"])
        self.assertEqual(events.count("cache done"), 3)
        self.assertEqual(events.count("service ended"), 3)
        self.assertEqual(other_tasks(), set())

    async def test_keeps_two_apps_apart(self) -> None:
        guests, staff = made(), made()
        guests.start_service(serve, "guests")
        staff.start_service(serve, "staff")
        async with staff:
            async with guests:
                await turns()
            events.append("guests left")
            await turns()
        begun = ["guests begun", "staff begun"]
        self.assertEqual(sorted(events[:2]), begun)
        self.assertEqual(events[2:], ["guests ended", "guests left", "staff ended"])


class LoopTest(unittest.TestCase):
    def setUp(self) -> None:
        events.clear()

    def test_starts_again_on_another_loop(self) -> None:
        tasks = made()

        async def live() -> None:
            tasks.start(note, "cache")
            async with tasks:
                await tasks.wait_ready(10)

        for _ in range(3):
            asyncio.run(live())
        self.assertEqual(events, ["cache begun", "cache done"] * 3)

    def test_starts_again_after_a_loop_that_was_closed_under_it(self) -> None:
        tasks = made()

        async def crash() -> None:
            tasks.start_service(serve, "first")
            tasks.release()
            await turns()

        async def live() -> None:
            tasks.start(note, "cache")
            async with tasks:
                await tasks.wait_ready(10)
                self.assertEqual(list(tasks.status()), ["note"])

        asyncio.run(crash())
        asyncio.run(tasks.stop())
        asyncio.run(crash())
        asyncio.run(live())
        crashed = ["first begun", "first ended"]
        order = [*crashed, *crashed, "cache begun", "cache done"]
        self.assertEqual(events, order)

    def test_refuses_a_second_loop_while_it_is_active(self) -> None:
        tasks = made()
        errors: list[BaseException] = []

        async def enter() -> None:
            async with tasks:
                pass

        def run() -> None:
            for use in (enter, tasks.stop):
                try:
                    asyncio.run(use())
                except RuntimeError as error:
                    errors.append(error)

        async def live() -> None:
            tasks.start_service(serve)
            async with tasks:
                await turns()
                thread = threading.Thread(target=run)
                thread.start()
                while thread.is_alive():
                    await asyncio.sleep(0.01)
                events.append("still active")

        asyncio.run(live())
        text = "StartupTasks is active on another event loop"
        self.assertEqual([str(error) for error in errors], [text, text])
        self.assertEqual(events, ["service begun", "still active", "service ended"])

    def test_outlives_the_loop_in_a_thread(self) -> None:
        go_on = threading.Event()

        def load_model() -> None:
            go_on.wait(10)

        async def live() -> None:
            tasks = made(drain=0)
            tasks.start_thread(load_model)
            async with tasks:
                await turns()

        asyncio.run(live())
        (thread,) = (t for t in threading.enumerate() if t.name == "load_model")
        self.assertTrue(thread.daemon)
        with mock.patch("threading.excepthook") as hook:
            go_on.set()
            thread.join()
        hook.assert_not_called()

    @unittest.skipIf(sys.version_info < (3, 12), "eager tasks came with 3.12")
    def test_runs_under_an_eager_task_factory(self) -> None:
        async def at_once(name: str) -> None:
            events.append(name)

        async def live() -> None:
            loop = asyncio.get_running_loop()
            loop.set_task_factory(asyncio.eager_task_factory)
            tasks = made()
            for name in ("cache", "index"):
                tasks.start(at_once, name)
            async with tasks:
                await tasks.wait_ready(10)

        asyncio.run(live())
        self.assertEqual(events, ["cache", "index"])


class ThreadTest(Case):
    async def test_runs_a_blocking_step_beside_the_loop(self) -> None:
        go_on = threading.Event()

        def load(name: str) -> None:
            events.append(f"{name} begun for {region.get()}")
            go_on.wait(10)
            events.append(f"{name} done")

        region.set("Bretagne")
        tasks = made()
        tasks.start_thread(load, "model")
        tasks.start(note, "cache")
        async with tasks:
            while not events:
                await asyncio.sleep(0.01)
            events.append("answered")
            go_on.set()
            await tasks.wait_ready(10)
        order = ["model begun for Bretagne", "answered", "model done"]
        self.assertEqual(events, [*order, "cache begun", "cache done"])

    async def test_runs_an_async_function_that_blocks_in_a_thread(self) -> None:
        go_on = threading.Event()

        async def load() -> None:
            events.append("load begun")
            go_on.wait(10)
            await asyncio.sleep(0)
            events.append("load done")

        tasks = made()
        tasks.start_thread(load)
        async with tasks:
            while not events:
                await asyncio.sleep(0.01)
            events.append("answered")
            go_on.set()
            await tasks.wait_ready(10)
        self.assertEqual(events, ["load begun", "answered", "load done"])

    async def test_logs_the_failure_of_a_thread(self) -> None:
        def load() -> None:
            raise OSError("the model is gone")

        tasks = made()
        tasks.start_thread(load)
        async with tasks:
            await tasks.wait_ready(10)
        (failure,) = log_of(tasks).of("exception")
        self.assertIn("OSError: the model is gone", failure)
        self.assertIn("in load", failure)

    async def test_names_a_thread_that_goes_on(self) -> None:
        go_on = threading.Event()

        def load() -> None:
            go_on.wait(10)

        tasks = made(drain=0.01, stop_timeout=0.05)
        tasks.start_thread(load)
        async with tasks:
            await turns()
        (error,) = log_of(tasks).of("error")
        self.assertIn("load: did not stop", error)
        self.assertIn("go_on.wait(10)", error)
        go_on.set()


try:
    import anyio
except ImportError:
    anyio = None  # type: ignore[assignment]


@unittest.skipIf(anyio is None, "anyio is not installed")
class AnyioTest(Case):
    async def test_cancels_everything_in_a_cancelled_scope(self) -> None:
        tasks = made(drain=60, stop_timeout=60)
        tasks.start(serve, "step")
        tasks.start_service(serve)
        with anyio.CancelScope() as scope:
            async with tasks:
                await turns()
                scope.cancel()
                await anyio.sleep_forever()
        self.assertTrue(scope.cancelled_caught)
        await turns()
        self.assertEqual(set(events[-2:]), {"step ended", "service ended"})
        self.assertEqual(other_tasks(), set())

    async def test_cancels_everything_when_the_scope_is_cancelled_last(self) -> None:
        tasks = made(drain=60, stop_timeout=60)
        tasks.start(serve, "step")
        with anyio.CancelScope() as scope:
            async with tasks:
                await turns()
                scope.cancel()
        self.assertTrue(scope.cancelled_caught)
        await turns()
        self.assertEqual(events, ["step begun", "step ended"])

    async def test_keeps_another_exception_in_a_cancelled_scope(self) -> None:
        tasks = made(drain=60, stop_timeout=60)
        tasks.start_service(serve)
        with self.assertRaisesRegex(ValueError, "thrown"):
            with anyio.CancelScope() as scope:
                async with tasks:
                    await turns()
                    scope.cancel()
                    raise ValueError("thrown")
        await turns()
        self.assertEqual(events, ["service begun", "service ended"])

    async def test_stops_in_a_finally_of_a_cancelled_scope(self) -> None:
        tasks = made(drain=60, stop_timeout=60)
        tasks.start(serve, "step")
        with anyio.CancelScope() as scope:
            tasks.release()
            try:
                await turns()
                scope.cancel()
                await anyio.sleep_forever()
            finally:
                await tasks.stop()
        self.assertTrue(scope.cancelled_caught)
        await turns()
        self.assertEqual(events, ["step begun", "step ended"])


class Readiness(unittest.IsolatedAsyncioTestCase):
    async def test_more_steps_can_be_required_than_the_instance_names(self) -> None:
        tasks = StartupTasks(MemoryLogger())
        tasks.start(note, "menu")
        tasks.start(fail)
        self.assertFalse(tasks.is_ready(["note"]))
        async with tasks:
            await tasks.wait_ready(5)
            self.assertTrue(tasks.ready)
            self.assertTrue(tasks.is_ready(["note"]))
            self.assertFalse(tasks.is_ready(["note", "fail"]))


class KeptTasks(unittest.IsolatedAsyncioTestCase):
    async def test_a_failure_is_logged_at_once_with_its_traceback(self) -> None:
        with self.assertLogs("startup_tasks", "ERROR") as logs:
            task = StartupTasks.keep(asyncio.create_task(fail()))
            await asyncio.wait([task])
        self.assertIn("fail failed\nTraceback", logs.output[0])
        self.assertIn("no route to the café", logs.output[0])

    async def test_what_only_the_task_refers_to_is_not_collected(self) -> None:
        async def wait_for_nobody() -> None:
            await asyncio.get_running_loop().create_future()

        StartupTasks.keep(asyncio.create_task(wait_for_nobody()))
        await asyncio.sleep(0)
        gc.collect()
        [task] = asyncio.all_tasks() - {asyncio.current_task()}
        task.cancel()
        with self.assertNoLogs("startup_tasks") if sys.version_info >= (3, 10) else contextlib.nullcontext():
            await asyncio.wait([task])

    async def test_futures_are_kept_as_well(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self.assertIs(StartupTasks.keep(future), future)
        future.set_result("Zürich")
        self.assertEqual(await future, "Zürich")


if __name__ == "__main__":
    unittest.main()
